import { collect } from '../operations/collect';
import type { Outcome } from '../operations/outcome';
import type { ResolvedRef } from '../operations/resource-ref';
import { type Scope, toUserAppId } from '../operations/scope';
import { single } from '../operations/single';
import { withDeadline } from '../operations/with-deadline';
import type { CallOptions } from '../options/call-options';
import { iterateModelOutputs, type ModelOutputsParams, type Output } from '../predict/model-outputs';
import type { ResourceContext } from './context';
import { ModelVersions } from './model-versions';
import type { ModelFields, ModelInfo } from './models';
import { assertPatchAction, type PatchOptions } from './patch';

/** A model. Making the handle asks nothing of the service. */
export class Model {
  readonly id: string;
  /** The version that predicts; `undefined` is the latest. */
  readonly versionId: string | undefined;
  readonly versions: ModelVersions;
  readonly #context: ResourceContext;
  readonly #scope: Scope;

  constructor(context: ResourceContext, { id, versionId, scope }: ResolvedRef) {
    this.id = id;
    this.versionId = versionId;
    this.versions = new ModelVersions(context, scope, id);
    this.#context = context;
    this.#scope = scope;
  }

  /**
   * Reads what the service says of the model, in the handle's version. RPC: V2.GetModel.
   *
   * @throws NotFoundError when the app has no such model
   */
  async get(options: CallOptions = {}): Promise<ModelInfo> {
    const request = { userAppId: toUserAppId(this.#scope), modelId: this.id, ...this.#version };
    return single((await this.#context.invoke('GetModel', request, options)).model, 'GetModel');
  }

  /**
   * Changes the model; fields that are not given stay. RPC: V2.PatchModels. What a version holds is changed with
   * `versions.patch`.
   *
   * @param options.action default: `'overwrite'`
   */
  async patch(fields: ModelFields, { action = 'overwrite', ...call }: PatchOptions = {}): Promise<ModelInfo> {
    assertPatchAction(action);
    const request = { userAppId: toUserAppId(this.#scope), models: [{ ...fields, id: this.id }], action };
    return single((await this.#context.invoke('PatchModels', request, call)).models[0], 'PatchModels');
  }

  /**
   * Asks the model about any number of inputs. See `Clarifai.postModelOutputs`. RPC: V2.PostModelOutputs.
   *
   * @example
   * const [outcome] = await clarifai.model('locomotives').predict({ inputs: [{ file: 'photo.jpg' }] });
   */
  async predict(params: Omit<ModelOutputsParams, 'model'>, options: CallOptions = {}): Promise<Outcome<Output>[]> {
    const invoke = withDeadline(this.#context.invoke, options.timeoutMs, this.#context.clock);
    const model = { id: this.id, ...this.#version };
    return collect(iterateModelOutputs(invoke, this.#scope, { ...params, model }, options));
  }

  get #version(): { readonly versionId?: string } {
    return this.versionId === undefined ? {} : { versionId: this.versionId };
  }
}
