import type { InputCount, Input as InputMessage } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertInteger, assertObject, assertOneOf, invalidArgument } from '../base/assert';
import { assertId, assertIds } from '../base/id';
import { withoutSecrets } from '../base/without-secrets';
import { ingest, type IngestSource } from '../ingestion/ingest';
import type { IngestOptions } from '../ingestion/ingest-options';
import type { IngestionRun } from '../ingestion/ingestion-run';
import type { Input } from '../ingestion/outcome';
import { postInputs } from '../ingestion/post-inputs';
import type { InputsLike } from '../inputs/input-like';
import { type InputPatch, toInputPatch } from '../inputs/input-patch';
import { type MediaKind, mediaKinds } from '../inputs/media-kind';
import { batch } from '../operations/batch';
import { deleteAll } from '../operations/delete-all';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { Outcome } from '../operations/outcome';
import type { WaitOptions } from '../operations/poll';
import { assertConfirmed } from '../operations/scope';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import { type CloudSource, secretsOf, toDataSource } from './cloud-source';
import type { ScopedContext } from './context';
import { type DownloadedInput, downloadInputs } from './download-inputs';
import { type InputJobInfo, InputJobs, toInfo } from './input-jobs';
import { type PatchOptions, readPatchOptions } from './patch';
import { addArchive, type AddArchiveOptions } from './upload-archive';
import type { UploadSource } from './upload-content';
import { waitUntilDeleted, waitUntilProcessed } from './wait-for-inputs';
import type { DownloadInputsOptions } from './write-media';

/** How many inputs of an app are in which state. */
export interface InputCounts extends Plain<InputCount> {}

/** Which inputs to list. */
export interface InputFilter {
  /** Those of one dataset. */
  readonly datasetId?: string | undefined;
  /** Those with one of these ids, of which there is at least one. */
  readonly ids?: readonly string[] | undefined;
  /** Those with this status, such as `StatusCode.INPUT_SUCCESS`. */
  readonly statusCode?: number | undefined;
  /** Those that hold this medium. The service does not know this filter: the others are left out on arrival. */
  readonly kind?: MediaKind | undefined;
}

/** The inputs of an app. */
export class Inputs {
  /** The jobs that add inputs, from clouds and archives. */
  readonly jobs: InputJobs;
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.jobs = new InputJobs(context);
    this.#context = context;
  }

  /** Adds inputs. See `Clarifai.postInputs`. RPC: V2.PostInputs. */
  async add(inputs: InputsLike, options: IngestOptions = {}): Promise<Outcome<Input>[]> {
    return postInputs({ ...this.#context.ingestion, scope: this.#context.scope }, inputs, options);
  }

  /** Adds a stream of inputs. See `Clarifai.ingest`. RPC: V2.PostInputs. */
  ingest(source: IngestSource, options: IngestOptions = {}): IngestionRun {
    return ingest({ ...this.#context.ingestion, scope: this.#context.scope }, source, options);
  }

  /**
   * Has the service add what is in a cloud, archives unpacked, and resolves with one job a source as soon as they are queued:
   * see `jobs.wait`. RPC: V2.PostInputsDataSources, which is not repeated after a failure that may have begun the jobs.
   *
   * @throws InvalidRequestError for a source that is wrong, before anything is sent; no error shows a credential
   * @example
   * const [job] = await app.inputs.addFromCloud([{ url: 's3://bucket/trains/', credentials: { s3 } }]);
   * await app.inputs.jobs.wait(job.id, { timeoutMs: null, onProgress: ({ progress }) => console.log(progress) });
   */
  async addFromCloud(sources: readonly CloudSource[], options: CallOptions = {}): Promise<InputJobInfo[]> {
    assertArray(sources, 'sources', 'an array of sources');
    if (sources.length === 0) throw invalidArgument('sources', 'at least one source', sources);
    const dataSources = sources.map((source, index) => toDataSource(source, `sources[${index}]`));
    const request = { userAppId: this.#context.userAppId, dataSources };
    try {
      const { inputsAddJobs } = await this.#context.invoke('PostInputsDataSources', request, options);
      return inputsAddJobs.map((job) => toInfo(job, 'PostInputsDataSources'));
    } catch (error) {
      throw withoutSecrets(error, sources.flatMap(secretsOf));
    }
  }

  /**
   * Adds what is in a zip or tar archive of any size, and resolves with the job's counts when the service is done with it. The
   * archive is read and sent in parts, several at a time; a part that fails is sent again, and with `resume` a killed
   * process goes on where it stopped. RPCs: V2.PostInputsUploads, which is not repeated after a failure that may have begun
   * the upload, V2.PutUploadContentParts, and V2.GetInputsAddJob, again and again.
   *
   * @throws ClarifaiError of the upload or extraction that failed; inputs that failed are counted in `progress`
   * @example
   * const { progress } = await app.inputs.addArchive('trains.zip', {
   *   resume: 'trains.upload',
   *   onProgress: ({ sentBytes, totalBytes }) => console.log(sentBytes / totalBytes),
   * });
   */
  async addArchive(archive: UploadSource, options: AddArchiveOptions = {}): Promise<InputJobInfo> {
    return addArchive(this.#context, archive, options);
  }

  /**
   * Lists inputs. RPC: V2.ListInputs, or V2.ListDatasetInputs for those of a dataset. To read a large app as a whole, use
   * `scan`.
   *
   * @example
   * for await (const input of app.inputs.list({ datasetId: 'trains', kind: 'image' })) console.log(input.id);
   */
  list(filter: InputFilter = {}, options: ListOptions = {}): Listing<Input> {
    assertInputFilter(filter);
    const { datasetId, ids, statusCode, kind } = filter;
    const { userAppId } = this.#context;
    const isOfKind = (input: Input): boolean => kind === undefined || input.data?.[kind] !== undefined;
    if (datasetId === undefined) {
      const status = statusCode === undefined ? undefined : { code: statusCode };
      const request = { userAppId, ...(ids !== undefined && { ids }), ...(status !== undefined && { status }) };
      return listing<InputMessage>(
        options,
        async (page, call) => (await this.#context.invoke('ListInputs', { ...request, ...page }, call)).inputs,
        { keep: isOfKind },
      );
    }
    return listing<InputMessage>(
      options,
      async (page, call) => {
        const request = { userAppId, datasetId, ...page };
        const { datasetInputs } = await this.#context.invoke('ListDatasetInputs', request, call);
        return datasetInputs.flatMap(({ input }) => input ?? []);
      },
      {
        keep: (input) =>
          isOfKind(input) &&
          (ids === undefined || ids.includes(input.id)) &&
          (statusCode === undefined || input.status?.code === statusCode),
      },
    );
  }

  /**
   * Reads all inputs of the app, however many: each request goes on after the last input of the one before, so that the
   * pages do not get slower, nor shift when inputs are added or deleted meanwhile. RPC: V2.StreamInputs.
   *
   * @param options `firstPage` has no meaning here
   */
  scan(options: Omit<ListOptions, 'firstPage'> = {}): Listing<Input> {
    return listing<InputMessage>(
      options,
      async ({ perPage }, call, last) => {
        const request = {
          userAppId: this.#context.userAppId,
          orderById: true,
          ...(perPage !== undefined && { perPage }),
          ...(last !== undefined && { lastId: last.id }),
        };
        return (await this.#context.invoke('StreamInputs', request, call)).inputs;
      },
      { goesOnAfterItems: true },
    );
  }

  /**
   * Reads an input. RPC: V2.GetInput.
   *
   * @throws NotFoundError when the app has no input with this id
   */
  async get(inputId: string, options: CallOptions = {}): Promise<Input> {
    assertId(inputId, 'inputId');
    const request = { userAppId: this.#context.userAppId, inputId };
    return single((await this.#context.invoke('GetInput', request, options)).input, 'GetInput');
  }

  /** Counts the app's inputs by state. RPC: V2.GetInputCount. */
  async count(options: CallOptions = {}): Promise<InputCounts> {
    const { counts } = await this.#context.invoke('GetInputCount', { userAppId: this.#context.userAppId }, options);
    return single(counts, 'GetInputCount');
  }

  /**
   * Changes labels of inputs. RPC: V2.PatchInputs, with at most 128 inputs a request.
   *
   * @param options `action`: `'merge'` adds concepts and metadata to what is there, `'overwrite'` replaces them, `'remove'` takes
   * them out. Default: `'merge'`
   * @throws NotFoundError when the app has not all of them
   * @example
   * await app.inputs.patch([{ id: 'input-1', concepts: ['train', { id: 'night', value: 0 }], metadata: { seen: true } }]);
   */
  async patch(patches: readonly InputPatch[], options: PatchOptions = {}): Promise<Outcome<Input>[]> {
    const { action, ...call } = readPatchOptions(options, 'merge');
    assertArray(patches, 'inputs', 'an array of inputs');
    const { userAppId } = this.#context;
    return batch({
      method: 'PatchInputs',
      name: 'inputs',
      items: patches.map((patch, index) => toInputPatch(patch, `inputs[${index}]`)),
      signal: call.signal,
      idOf: ({ id }) => id,
      send: (inputs) => {
        const options = { ...call, partial: { items: 'inputs' } };
        return this.#context.invoke('PatchInputs', { userAppId, inputs, action }, options);
      },
      messagesOf: (answer) => answer.inputs,
    });
  }

  /**
   * Deletes inputs with their annotations. RPC: V2.DeleteInputs, with at most 128 ids a request. The service takes a moment:
   * see `waitUntilDeleted`.
   *
   * @throws InvalidRequestError for an empty list: nothing is deleted that was not named
   */
  async delete(inputIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    await deleteInChunks(inputIds, 'inputIds', (ids) =>
      this.#context.invoke('DeleteInputs', { userAppId, ids }, options),
    );
  }

  /**
   * Deletes all inputs of the app with their annotations, and resolves with how many they were. There is no way back. RPCs:
   * V2.StreamInputs, V2.DeleteInputs.
   *
   * @param options `confirm`: the id of the app, so that it is not another one that is emptied
   */
  async deleteAll(options: CallOptions & { readonly confirm: string }): Promise<number> {
    assertObject(options, 'options', undefined, { hideValue: true });
    const { confirm, ...call } = options;
    assertConfirmed(confirm, this.#context.scope);
    return deleteAll(this.scan(call), (ids) => this.delete(ids, call));
  }

  /**
   * Waits until the service has downloaded and indexed inputs; what it could not process is that input's outcome. RPC:
   * V2.ListInputs with up to 128 ids, again and again.
   *
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` and the counts of what was seen
   */
  async waitUntilProcessed(inputIds: readonly string[], options: WaitOptions = {}): Promise<Outcome<Input>[]> {
    return waitUntilProcessed(this.#context, inputIds, options);
  }

  /** Waits until deleted inputs are gone. RPC: V2.ListInputs with up to 128 ids, again and again. */
  async waitUntilDeleted(inputIds: readonly string[], options: WaitOptions = {}): Promise<void> {
    return waitUntilDeleted(this.#context, inputIds, options);
  }

  /**
   * Writes the media of inputs into a folder as `ID.jpg`, `ID.mp4`, `ID.wav` and `ID.txt`, over HTTPS and several at a time;
   * one outcome an input, in their order. Files that are there are left as they are, and interrupted ones go on. The
   * credential goes to Clarifai's hosts, and those in `trustedHosts`, only.
   *
   * @example
   * for await (const outcome of app.inputs.download(app.inputs.scan(), 'media')) if (!outcome.ok) console.warn(outcome.error);
   */
  download(
    inputs: Iterable<Input> | AsyncIterable<Input>,
    folder: string,
    options: DownloadInputsOptions = {},
  ): AsyncIterable<Outcome<DownloadedInput>> {
    return downloadInputs(this.#context.downloads, inputs, folder, options);
  }
}

function assertInputFilter(filter: InputFilter): void {
  assertObject(filter, 'filter', ['datasetId', 'ids', 'statusCode', 'kind']);
  const { datasetId, ids, statusCode, kind } = filter;
  if (datasetId !== undefined) assertId(datasetId, 'filter.datasetId');
  if (ids !== undefined) assertIds(ids, 'filter.ids');
  if (statusCode !== undefined) assertInteger(statusCode, 'filter.statusCode', { min: 1 });
  if (kind !== undefined) assertOneOf(kind, 'filter.kind', mediaKinds);
}
