import type { DatasetInput as DatasetInputMessage } from '../../generated/proto/clarifai/api/resources';
import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { ingest } from '../ingestion/ingest';
import type { IngestOptions } from '../ingestion/ingest-options';
import type { IngestionRun } from '../ingestion/ingestion-run';
import type { Input } from '../ingestion/outcome';
import { postInputs } from '../ingestion/post-inputs';
import type { Source } from '../ingestion/source';
import type { InputsLike } from '../inputs/input-like';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { Outcome } from '../operations/outcome';
import type { WaitOptions } from '../operations/poll';
import type { ResolvedRef } from '../operations/resource-ref';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import { withoutEnd } from '../operations/without-end';
import type { CallOptions } from '../options/call-options';
import { type ResourceContext, type ScopedContext, withScope } from './context';
import { type DatasetMetricsGroup, DatasetVersions } from './dataset-versions';
import type { DatasetFields, DatasetInfo } from './datasets';
import { inDataset } from './in-dataset';
import { type PatchOptions, readPatchOptions } from './patch';
import type { AnnotatedOutcome } from './post-drafts';
import { type AnnotatedInputs, uploadAnnotated, type UploadOptions } from './upload-annotated';

/** An input as a member of a dataset, as the service describes it. */
export interface DatasetInputInfo extends Plain<DatasetInputMessage> {}

/** A dataset. Making the handle asks nothing of the service. */
export class Dataset {
  /** The dataset's id. */
  readonly id: string;
  /** The version that is read; `undefined` is the dataset as it is now. */
  readonly versionId: string | undefined;
  /** Its versions, and their exports. */
  readonly versions: DatasetVersions;
  readonly #context: ScopedContext;

  constructor(context: ResourceContext, { id, versionId, scope }: ResolvedRef) {
    this.id = id;
    this.versionId = versionId;
    const scoped = withScope(context, scope);
    this.#context = scoped;
    this.versions = new DatasetVersions(scoped, id);
  }

  /**
   * Reads what the service says of the dataset. RPC: V2.GetDataset.
   *
   * @throws NotFoundError when the app has no such dataset
   */
  async get(options: CallOptions = {}): Promise<DatasetInfo> {
    const request = { userAppId: this.#context.userAppId, datasetId: this.id };
    return single((await this.#context.invoke('GetDataset', request, options)).dataset, 'GetDataset');
  }

  /**
   * Changes the dataset; fields that are not given stay. RPC: V2.PatchDatasets.
   *
   * @param options `action` is `'overwrite'` by default
   */
  async patch(fields: DatasetFields, options: PatchOptions = {}): Promise<DatasetInfo> {
    const { action, ...call } = readPatchOptions(options, 'overwrite');
    assertObject(fields, 'fields');
    const request = { userAppId: this.#context.userAppId, datasets: [{ ...fields, id: this.id }], action };
    return single((await this.#context.invoke('PatchDatasets', request, call)).datasets[0], 'PatchDatasets');
  }

  /** Lists the inputs of the dataset. RPC: V2.ListDatasetInputs. */
  listInputs(options: ListOptions = {}): Listing<DatasetInputInfo> {
    return listing(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, datasetId: this.id, ...page };
      return (await this.#context.invoke('ListDatasetInputs', request, call)).datasetInputs;
    });
  }

  /** Adds inputs to the app and the dataset. See `Clarifai.postInputs`. RPC: V2.PostInputs. */
  async add(inputs: InputsLike, options: IngestOptions = {}): Promise<Outcome<Input>[]> {
    const context = { ...this.#context.ingestion, scope: this.#context.scope };
    return postInputs(context, inDataset(inputs, this.id), options);
  }

  /**
   * Adds a stream of inputs to the app and the dataset. See `Clarifai.ingest`. RPC: V2.PostInputs.
   *
   * @example
   * const { accepted, rejected } = await app.dataset('trains').ingest(fromFolder('pictures')).done;
   */
  ingest(source: InputsLike | Source, options: IngestOptions = {}): IngestionRun {
    return ingest({ ...this.#context.ingestion, scope: this.#context.scope }, inDataset(source, this.id), options);
  }

  /**
   * Adds inputs with their annotations: classes in `concepts`, boxes, polygons and the like in `annotations`. The annotations
   * of an input follow as soon as the app has it, or had it already, up to 128 a request; their ids are made from their
   * content, so that to upload the same again makes nothing twice. Yields one outcome an item with those of its
   * annotations, as they come. The loader is read only as far ahead as `budgetItems` and `budgetBytes` allow. RPCs:
   * V2.PostInputs, V2.ListInputs and V2.PostAnnotations.
   *
   * @param options those of `ingest`; `ack` is `'confirmed'` by default, so that what cannot be read gets no annotations
   * @throws AuthenticationError when the credential is refused
   * @example
   * async function* photos() {
   *   const box = { left: 0.1, top: 0.2, right: 0.6, bottom: 0.9 };
   *   yield { file: 'train.jpg', annotations: [{ box, concepts: ['locomotive'] }] };
   * }
   * for await (const { input, annotations } of dataset.upload(photos())) console.log(input.kind, annotations.length);
   */
  upload(items: AnnotatedInputs, options: UploadOptions = {}): AsyncIterable<AnnotatedOutcome> {
    return uploadAnnotated(this.#context, this.id, items, options);
  }

  /**
   * Counts what the dataset holds now, by concept and kind of annotation. RPCs: V2.PostDatasetVersions, for a version that is
   * deleted again, V2.GetDatasetVersion, V2.ListDatasetVersionMetricsGroups and V2.DeleteDatasetVersions.
   *
   * @param options `timeoutMs` is for the version to be ready; the calls before and after have the time of any call
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` when that takes longer
   */
  async count(options: WaitOptions = {}): Promise<DatasetMetricsGroup[]> {
    assertObject(options, 'options', undefined, { hideValue: true });
    const { timeoutMs: _timeoutMs, pollMs: _pollMs, maxPollMs: _maxPollMs, onPoll: _onPoll, ...call } = options;
    const { id } = await this.versions.create({ description: 'Made to count, and deleted then' }, call);
    let counts: DatasetMetricsGroup[];
    try {
      await this.versions.wait(id, options);
      counts = await this.versions.listMetrics(id, call).toArray();
    } catch (error) {
      // What the caller hears of is why it could not be counted.
      await this.versions.delete([id], withoutEnd(call)).catch(() => undefined);
      throw error;
    }
    await this.versions.delete([id], call);
    return counts;
  }

  /** Adds the inputs of another dataset of the app, as they are now. RPC: V2.PostDatasetInputs. */
  async merge(datasetId: string, options: CallOptions = {}): Promise<void> {
    assertId(datasetId, 'datasetId');
    const search = { query: { filters: [{ input: { datasetIds: [datasetId] } }] } };
    const request = { userAppId: this.#context.userAppId, datasetId: this.id, search };
    await this.#context.invoke('PostDatasetInputs', request, options);
  }

  /** Takes inputs out of the dataset; they stay in the app. RPC: V2.DeleteDatasetInputs, with at most 128 ids a request. */
  async remove(inputIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    await deleteInChunks(inputIds, 'inputIds', (ids) =>
      this.#context.invoke('DeleteDatasetInputs', { userAppId, datasetId: this.id, inputIds: ids }, options),
    );
  }
}
