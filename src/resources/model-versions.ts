import type {
  Input as InputMessage,
  ModelVersion as ModelVersionMessage,
} from '../../generated/proto/clarifai/api/resources';
import type { ListModelVersionsRequest } from '../../generated/proto/clarifai/api/service';
import { assertId } from '../base/id';
import type { Input } from '../ingestion/outcome';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { type Scope, toUserAppId } from '../operations/scope';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ResourceContext } from './context';
import { assertPatchAction, type PatchOptions } from './patch';
import { type ModelFileSource, uploadModelVersion, type UploadModelVersionOptions } from './upload-model-version';

/** A version of a model as the service describes it. */
export type ModelVersionInfo = Plain<ModelVersionMessage>;

/** What a version of a model is made of. */
export type ModelVersionFields = Omit<DeepPartial<ModelVersionMessage>, 'appId' | 'userId'>;

/** Which versions to list, and in which order. */
export type ModelVersionFilter = Omit<
  DeepPartial<ListModelVersionsRequest>,
  'userAppId' | 'modelId' | 'page' | 'perPage'
>;

/** The versions of a model. */
export class ModelVersions {
  readonly modelId: string;
  readonly #context: ResourceContext;
  readonly #scope: Scope;

  constructor(context: ResourceContext, scope: Scope, modelId: string) {
    this.modelId = modelId;
    this.#context = context;
    this.#scope = scope;
  }

  /** Lists the versions, the latest first. RPC: V2.ListModelVersions. */
  list(filter: ModelVersionFilter = {}, options: ListOptions = {}): Listing<ModelVersionInfo> {
    const { modelId } = this;
    return listing<ModelVersionMessage>(options, async (page, call) => {
      const request = { ...filter, userAppId: toUserAppId(this.#scope), modelId, ...page };
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
    const request = { userAppId: toUserAppId(this.#scope), modelId: this.modelId, versionId };
    return single((await this.#context.invoke('GetModelVersion', request, options)).modelVersion, 'GetModelVersion');
  }

  /**
   * Adds a version: for models that are trained it starts a training, see `Model.train`. RPC: V2.PostModelVersions, which is
   * not repeated after a failure that may have added it.
   *
   * @returns the version, with its id and state
   */
  async create(fields: ModelVersionFields = {}, options: CallOptions = {}): Promise<ModelVersionInfo> {
    const request = { userAppId: toUserAppId(this.#scope), modelId: this.modelId, modelVersions: [fields] };
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
    return uploadModelVersion(this.#context, this.#scope, this.modelId, file, fields, options);
  }

  /**
   * Changes a version; fields that are not given stay. RPC: V2.PatchModelVersions.
   *
   * @param options.action default: `'merge'`
   */
  async patch(
    versionId: string,
    fields: ModelVersionFields,
    { action = 'merge', ...call }: PatchOptions = {},
  ): Promise<ModelVersionInfo> {
    assertId(versionId, 'versionId');
    assertPatchAction(action);
    const modelVersions = [{ ...fields, id: versionId }];
    const request = { userAppId: toUserAppId(this.#scope), modelId: this.modelId, modelVersions, action };
    const answer = await this.#context.invoke('PatchModelVersions', request, call);
    return single(answer.modelVersions[0], 'PatchModelVersions');
  }

  /**
   * Deletes a version. RPC: V2.DeleteModelVersion.
   *
   * @throws NotFoundError when the model has no such version
   */
  async delete(versionId: string, options: CallOptions = {}): Promise<void> {
    assertId(versionId, 'versionId');
    const request = { userAppId: toUserAppId(this.#scope), modelId: this.modelId, versionId };
    await this.#context.invoke('DeleteModelVersion', request, options);
  }

  /** Lists the inputs that a version was trained on. RPC: V2.ListModelInputs. */
  listInputs(versionId: string, options: ListOptions = {}): Listing<Input> {
    assertId(versionId, 'versionId');
    return listing<InputMessage>(options, async (page, call) => {
      const request = { userAppId: toUserAppId(this.#scope), modelId: this.modelId, versionId, ...page };
      return (await this.#context.invoke('ListModelInputs', request, call)).inputs;
    });
  }
}
