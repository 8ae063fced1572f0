import { join } from 'node:path';
import type {
  DatasetVersionExport,
  DatasetVersionMetricsGroup,
  DatasetVersion as DatasetVersionMessage,
} from '../../generated/proto/clarifai/api/resources';
import { DatasetVersionExportFormat } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { assertObject, assertOneOf, assertString } from '../base/assert';
import { assertId } from '../base/id';
import { download, type DownloadOptions } from '../downloads/download';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { Outcome } from '../operations/outcome';
import type { WaitOptions } from '../operations/poll';
import { pollStatus } from '../operations/poll-status';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';
import { type UnpackedInput, unpackDataset, type UnpackOptions } from './unpack-dataset';
import { isThere } from './write-file';

/** A version of a dataset as the service describes it. */
export interface DatasetVersionInfo extends Plain<DatasetVersionMessage> {}

/** What a version of a dataset is made of. */
export type DatasetVersionFields = Omit<DeepPartial<DatasetVersionMessage>, 'appId' | 'userId' | 'datasetId'>;

/** Counts of a part of a version, such as the inputs with one concept, as the service describes them. */
export interface DatasetMetricsGroup extends Plain<DatasetVersionMetricsGroup> {}

/** An archive of a version, as the service describes it. */
export interface DatasetExportInfo extends Plain<DatasetVersionExport> {}

/** Clarifai's own messages, the same as JSON, or COCO. */
export type DatasetExportFormat = 'protobuf' | 'json' | 'coco';

const formats: Readonly<Record<DatasetExportFormat, DatasetVersionExportFormat>> = {
  protobuf: DatasetVersionExportFormat.CLARIFAI_DATA_PROTOBUF,
  json: DatasetVersionExportFormat.CLARIFAI_DATA_JSON,
  coco: DatasetVersionExportFormat.COCO,
};

/** The versions of a dataset: what it held at a moment. */
export class DatasetVersions {
  /** The dataset. */
  readonly datasetId: string;
  readonly #context: ScopedContext;

  constructor(context: ScopedContext, datasetId: string) {
    this.datasetId = datasetId;
    this.#context = context;
  }

  /** Lists the versions. RPC: V2.ListDatasetVersions. */
  list(options: ListOptions = {}): Listing<DatasetVersionInfo> {
    return listing<DatasetVersionMessage>(options, async (page, call) => {
      const request = { ...this.#dataset, ...page };
      return (await this.#context.invoke('ListDatasetVersions', request, call)).datasetVersions;
    });
  }

  /**
   * Reads a version. RPC: V2.GetDatasetVersion.
   *
   * @throws NotFoundError when the dataset has no such version
   */
  async get(versionId: string, options: CallOptions = {}): Promise<DatasetVersionInfo> {
    assertId(versionId, 'versionId');
    const request = { ...this.#dataset, datasetVersionId: versionId };
    const { datasetVersion } = await this.#context.invoke('GetDatasetVersion', request, options);
    return single(datasetVersion, 'GetDatasetVersion');
  }

  /**
   * Keeps what the dataset holds now as a version, and resolves as soon as that is queued: see `wait`. RPC:
   * V2.PostDatasetVersions, which is not repeated after a failure that may have made it.
   */
  async create(fields: DatasetVersionFields = {}, options: CallOptions = {}): Promise<DatasetVersionInfo> {
    assertObject(fields, 'version');
    if (fields.id !== undefined) assertId(fields.id, 'version.id');
    const request = { ...this.#dataset, datasetVersions: [fields] };
    const { datasetVersions } = await this.#context.invoke('PostDatasetVersions', request, options);
    return single(datasetVersions[0], 'PostDatasetVersions');
  }

  /**
   * Waits until a version is ready. RPC: V2.GetDatasetVersion, again and again.
   *
   * @throws ClarifaiError of what making it failed of
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` when it takes longer than `timeoutMs`
   */
  async wait(versionId: string, options: WaitOptions = {}): Promise<DatasetVersionInfo> {
    assertId(versionId, 'versionId');
    const request = { ...this.#dataset, datasetVersionId: versionId };
    return pollStatus<DatasetVersionMessage>(
      {
        what: `version ${versionId} of dataset ${this.datasetId} to be ready`,
        method: 'GetDatasetVersion',
        done: StatusCode.DATASET_VERSION_READY,
        read: async (call) => (await this.#context.invoke('GetDatasetVersion', request, call)).datasetVersion,
      },
      options,
      this.#context.clock,
    );
  }

  /** Lists the counts of a version by concept and kind of annotation. RPC: V2.ListDatasetVersionMetricsGroups. */
  listMetrics(versionId: string, options: ListOptions = {}): Listing<DatasetMetricsGroup> {
    assertId(versionId, 'versionId');
    return listing<DatasetVersionMetricsGroup>(options, async (page, call) => {
      const request = { ...this.#dataset, datasetVersionId: versionId, ...page };
      const answer = await this.#context.invoke('ListDatasetVersionMetricsGroups', request, call);
      return answer.datasetVersionMetricsGroups;
    });
  }

  /**
   * Has an archive of a version made, and resolves when it can be downloaded from its `url`. RPC: V2.PutDatasetVersionExports,
   * again and again: a version that has such an archive gets no second one.
   *
   * @throws ClarifaiError of what making it failed of
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` when it takes longer than `timeoutMs`
   */
  async export(
    versionId: string,
    options: WaitOptions & { readonly format?: DatasetExportFormat | undefined } = {},
  ): Promise<DatasetExportInfo> {
    assertId(versionId, 'versionId');
    assertObject(options, 'options', undefined, { hideValue: true });
    const { format = 'protobuf', ...waiting } = options;
    assertOneOf(format, 'format', Object.keys(formats) as DatasetExportFormat[]);
    const request = { ...this.#dataset, datasetVersionId: versionId, exports: [{ format: formats[format] }] };
    return pollStatus<DatasetVersionExport>(
      {
        what: `an archive of version ${versionId} of dataset ${this.datasetId}`,
        method: 'PutDatasetVersionExports',
        done: StatusCode.DATASET_VERSION_EXPORT_SUCCESS,
        read: async (call) => (await this.#context.invoke('PutDatasetVersionExports', request, call)).exports[0],
      },
      waiting,
      this.#context.clock,
    );
  }

  /**
   * Has an archive of a version made, and writes it to a file, as it comes; an interrupted download goes on where it stopped.
   * RPC: V2.PutDatasetVersionExports, and HTTPS.
   *
   * @example
   * await dataset.versions.download(version.id, 'trains.zip');
   */
  async download(
    versionId: string,
    file: string,
    options: WaitOptions & { readonly format?: DatasetExportFormat | undefined } & DownloadOptions = {},
  ): Promise<void> {
    const { idleTimeoutMs, trustedHosts, onProgress, ...waiting } = options;
    const { url } = await this.export(versionId, waiting);
    await download(this.#context.downloads, url, file, {
      signal: waiting.signal,
      idleTimeoutMs,
      trustedHosts,
      onProgress,
    });
  }

  /**
   * Writes a version into a folder: of each input its media as `SPLIT/inputs/ID.jpg`, and what is said of it as
   * `SPLIT/annotations/ID.json`. Yields one outcome an input, in the order of the archive, which is downloaded to
   * `VERSION.zip` in the folder. What is there already is left as it is, so that the same call goes on where an earlier one
   * stopped. Needs the package yauzl. RPC: V2.PutDatasetVersionExports, and HTTPS.
   *
   * @param options `timeoutMs`, `pollMs` and `maxPollMs` are about the making of the archive
   * @throws ClarifaiError of what making the archive or downloading it failed of
   * @throws InvalidRequestError with the code `MALFORMED_ARCHIVE` for an archive that is damaged, naming the entry
   * @example
   * for await (const outcome of dataset.versions.unpack(version.id, 'trains', { splits: ['train'] })) {
   *   if (!outcome.ok) console.warn(outcome.id, outcome.error.message);
   * }
   */
  async *unpack(
    versionId: string,
    folder: string,
    { splits, size, concurrency, ...options }: WaitOptions & DownloadOptions & UnpackOptions = {},
  ): AsyncIterable<Outcome<UnpackedInput>> {
    assertString(folder, 'folder', { nonEmpty: true });
    assertId(versionId, 'versionId');
    const archive = join(folder, `${versionId}.zip`);
    if (!(await isThere(archive))) await this.download(versionId, archive, options);
    const { signal, idleTimeoutMs, trustedHosts } = options;
    const unpacking = { splits, size, concurrency, signal, idleTimeoutMs, trustedHosts };
    yield* this.unpackArchive(archive, folder, unpacking);
  }

  /**
   * As `unpack`, of an archive that is on the disk: one that `download` has written in the format `protobuf`, of whichever
   * dataset. It is read input by input, however large it is. RPC: none; HTTPS for media, where the credential goes to
   * Clarifai's hosts, and those in `trustedHosts`, only.
   *
   * @throws InvalidRequestError for a file that is no such archive; with the code `MALFORMED_ARCHIVE` for one that is damaged,
   * or has an entry whose path leads elsewhere, naming the entry
   */
  unpackArchive(archive: string, folder: string, options: UnpackOptions = {}): AsyncIterable<Outcome<UnpackedInput>> {
    return unpackDataset(this.#context.downloads, archive, folder, options);
  }

  /**
   * Deletes versions; the dataset and its inputs stay. RPC: V2.DeleteDatasetVersions, with at most 128 ids a request.
   *
   * @throws InvalidRequestError for an empty list: nothing is deleted that was not named
   */
  async delete(versionIds: readonly string[], options: CallOptions = {}): Promise<void> {
    await deleteInChunks(versionIds, 'versionIds', (ids) =>
      this.#context.invoke('DeleteDatasetVersions', { ...this.#dataset, datasetVersionIds: ids }, options),
    );
  }

  get #dataset(): Pick<ScopedContext, 'userAppId'> & { readonly datasetId: string } {
    return { userAppId: this.#context.userAppId, datasetId: this.datasetId };
  }
}
