import type { ModelVersion as ModelVersionMessage } from '../../generated/proto/clarifai/api/resources';
import type { ListModelVersionsRequest } from '../../generated/proto/clarifai/api/service';
import { assertId } from '../base/id';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { type Scope, toUserAppId } from '../operations/scope';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ResourceContext } from './context';
import { assertPatchAction, type PatchOptions } from './patch';

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
}
