import type {
  Input as InputMessage,
  LogEntry,
  ModelVersion as ModelVersionMessage,
  ModelVersionExport,
} from '../../generated/proto/clarifai/api/resources';
import type { ListModelVersionsRequest } from '../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { NotFoundError } from '../base/errors';
import { assertObject, assertString } from '../base/assert';
import { assertId } from '../base/id';
import { download, type DownloadOptions } from '../downloads/download';
import { nothingToDownload } from '../downloads/nothing-to-download';
import type { Input } from '../ingestion/outcome';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { WaitOptions } from '../operations/poll';
import { pollStatus } from '../operations/poll-status';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';
import { type PatchOptions, readPatchOptions } from './patch';
import { type ModelFileSource, uploadModelVersion, type UploadModelVersionOptions } from './upload-model-version';

/** A version of a model as the service describes it. */
export interface ModelVersionInfo extends Plain<ModelVersionMessage> {}

/** What a version of a model is made of. */
export type ModelVersionFields = Omit<DeepPartial<ModelVersionMessage>, 'appId' | 'userId'>;

/** Which versions to list, and in which order. */
export type ModelVersionFilter = Omit<
  DeepPartial<ListModelVersionsRequest>,
  'userAppId' | 'modelId' | 'page' | 'perPage'
>;

/** An archive of a version, as the service describes it. */
export interface ModelExportInfo extends Plain<ModelVersionExport> {}

/** Something that a version has logged, as the service describes it. */
export interface ModelLogEntry extends Plain<LogEntry> {}

/** What of a version's logs to list. */
export interface ModelLogFilter {
  /** Kind of log, such as `builder`, `runner` or `training`. */
  readonly type: string;
}

/** The versions of a model. */
export class ModelVersions {
  /** The model. */
  readonly modelId: string;
  readonly #context: ScopedContext;

  constructor(context: ScopedContext, modelId: string) {
    this.modelId = modelId;
    this.#context = context;
  }

  /** Lists the versions, the latest first. RPC: V2.ListModelVersions. */
  list(filter: ModelVersionFilter = {}, options: ListOptions = {}): Listing<ModelVersionInfo> {
    const { modelId } = this;
    return listing<ModelVersionMessage>(options, async (page, call) => {
      const request = { ...filter, userAppId: this.#context.userAppId, modelId, ...page };
      return (await this.#context.invoke('ListModelVersions', request, call)).modelVersions;
    });
  }

  /**
   * Reads a version. RPC: V2.GetModelVersion.
   *
   * @throws NotFoundError when the model has no such version
   */
  async get(versionId: string, options: CallOptions = {}): Promise<ModelVersionInfo> {
    assertId(versionId, 'versionId');
    const request = { userAppId: this.#context.userAppId, modelId: this.modelId, versionId };
    return single((await this.#context.invoke('GetModelVersion', request, options)).modelVersion, 'GetModelVersion');
  }

  /**
   * Adds a version: for models that are trained it starts a training, see `Model.train`. RPC: V2.PostModelVersions, which is
   * not repeated after a failure that may have added it.
   *
   * @returns the version, with its id and state
   */
  async create(fields: ModelVersionFields = {}, options: CallOptions = {}): Promise<ModelVersionInfo> {
    assertObject(fields, 'fields');
    const request = { userAppId: this.#context.userAppId, modelId: this.modelId, modelVersions: [fields] };
    const { model } = await this.#context.invoke('PostModelVersions', request, options);
    return single(model?.modelVersion, 'PostModelVersions');
  }

  /**
   * Adds a version that is made of files, and resolves with it when it is ready. The file is read and sent in parts, on as many
   * streams as it takes; what breaks off goes on with the part that was not answered, and with `resume` a killed process
   * goes on where it stopped. RPCs: V2.PostModelVersionsUpload, and V2.GetModelVersion, again and again.
   *
   * @param fields of the version; without an `id` it gets a random one
   * @throws ClarifaiError of what the upload or the build failed of
   * @example
   * const fields = { pretrainedModelConfig: { inputFieldsMap: { image: 'in' }, outputFieldsMap: { concepts: 'out' } } };
   * const { id } = await model.versions.upload('triton-model.zip', fields, { resume: 'triton-model.upload' });
   */
  async upload(
    file: ModelFileSource,
    fields: ModelVersionFields = {},
    options: UploadModelVersionOptions = {},
  ): Promise<ModelVersionInfo> {
    return uploadModelVersion(this.#context, this.modelId, file, fields, options);
  }

  /**
   * Changes a version; fields that are not given stay. RPC: V2.PatchModelVersions.
   *
   * @param options `action` is `'merge'` by default
   */
  async patch(versionId: string, fields: ModelVersionFields, options: PatchOptions = {}): Promise<ModelVersionInfo> {
    assertId(versionId, 'versionId');
    const { action, ...call } = readPatchOptions(options, 'merge');
    assertObject(fields, 'fields');
    const modelVersions = [{ ...fields, id: versionId }];
    const request = { userAppId: this.#context.userAppId, modelId: this.modelId, modelVersions, action };
    const answer = await this.#context.invoke('PatchModelVersions', request, call);
    return single(answer.modelVersions[0], 'PatchModelVersions');
  }

  /**
   * Has an archive of a version made, unless there is one, and resolves when it can be downloaded from its `url`. RPCs:
   * V2.GetModelVersionExport, again and again, and V2.PutModelVersionExports.
   *
   * @throws ClarifaiError of what making it failed of
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` when it takes longer than `timeoutMs`
   */
  async export(versionId: string, options: WaitOptions = {}): Promise<ModelExportInfo> {
    assertId(versionId, 'versionId');
    const request = { userAppId: this.#context.userAppId, modelId: this.modelId, versionId };
    const { invoke } = this.#context;
    let isAsked = false;
    const read = async (call: CallOptions): Promise<ModelVersionExport | undefined> => {
      const shown = await invoke('GetModelVersionExport', request, call).catch((error: unknown) => {
        if (isAsked || !(error instanceof NotFoundError)) throw error;
        return undefined;
      });
      // One that failed at an earlier time may do better now.
      const isThere = shown !== undefined && shown.export?.status?.code !== StatusCode.MODEL_EXPORTING_FAILED;
      if (isThere || isAsked) return shown?.export;
      isAsked = true;
      await invoke('PutModelVersionExports', request, call);
      return read(call);
    };
    return pollStatus<ModelVersionExport>(
      {
        what: `an archive of version ${versionId} of model ${this.modelId}`,
        method: 'GetModelVersionExport',
        done: StatusCode.MODEL_EXPORTED,
        read,
      },
      options,
      this.#context.clock,
    );
  }

  /**
   * Has an archive of a version made, and writes it to a file, as it comes; an interrupted download goes on where it stopped.
   * RPCs: as `export`, and HTTPS.
   *
   * @example
   * await model.versions.download(version.id, 'model.tar');
   */
  async download(versionId: string, file: string, options: WaitOptions & DownloadOptions = {}): Promise<void> {
    const { idleTimeoutMs, trustedHosts, onProgress, ...waiting } = options;
    const { url } = await this.export(versionId, waiting);
    const { signal } = waiting;
    await download(this.#context.downloads, url, file, { signal, idleTimeoutMs, trustedHosts, onProgress });
  }

  /**
   * Lists what a version has logged while it was built or ran, the oldest first. RPC: V2.ListLogEntries.
   *
   * @param filter `type`: such as `builder`, which tells of the building of an uploaded version, `runner` or `training`
   * @example
   * for await (const { message } of model.versions.listLogs(version.id, { type: 'builder' })) console.log(message);
   */
  listLogs(versionId: string, filter: ModelLogFilter, options: ListOptions = {}): Listing<ModelLogEntry> {
    assertId(versionId, 'versionId');
    assertObject(filter, 'filter', ['type']);
    assertString(filter.type, 'filter.type', { nonEmpty: true });
    const model = { modelId: this.modelId, modelVersionId: versionId, logType: filter.type };
    return listing<LogEntry>(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, ...model, ...page };
      const answer = await this.#context.invoke('ListLogEntries', request, call);
      // Past its end the service repeats the last page.
      return answer.page === 0 || answer.page === page.page ? answer.logEntries : [];
    });
  }

  /**
   * Writes the log of a version's training to a file, as it comes; an interrupted download goes on where it stopped. RPC:
   * V2.GetModelVersion, and HTTPS.
   *
   * @throws NotFoundError with the code `NOTHING_TO_DOWNLOAD` for a version that has none
   */
  async downloadTrainLog(versionId: string, file: string, options: CallOptions & DownloadOptions = {}): Promise<void> {
    const { idleTimeoutMs, trustedHosts, onProgress, ...call } = options;
    const { trainLog } = await this.get(versionId, call);
    if (trainLog === '') throw nothingToDownload(`The version ${versionId} has no log of its training`);
    await download(this.#context.downloads, trainLog, file, {
      signal: call.signal,
      idleTimeoutMs,
      trustedHosts,
      onProgress,
    });
  }

  /**
   * Deletes a version. RPC: V2.DeleteModelVersion.
   *
   * @throws NotFoundError when the model has no such version
   */
  async delete(versionId: string, options: CallOptions = {}): Promise<void> {
    assertId(versionId, 'versionId');
    const request = { userAppId: this.#context.userAppId, modelId: this.modelId, versionId };
    await this.#context.invoke('DeleteModelVersion', request, options);
  }

  /** Lists the inputs that a version was trained on. RPC: V2.ListModelInputs. */
  listInputs(versionId: string, options: ListOptions = {}): Listing<Input> {
    assertId(versionId, 'versionId');
    return listing<InputMessage>(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, modelId: this.modelId, versionId, ...page };
      return (await this.#context.invoke('ListModelInputs', request, call)).inputs;
    });
  }
}
