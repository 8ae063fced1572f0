import type { ModelVersion } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { assertId } from '../base/id';
import { collect } from '../operations/collect';
import type { Outcome } from '../operations/outcome';
import type { WaitOptions } from '../operations/poll';
import { pollStatus } from '../operations/poll-status';
import type { ResolvedRef } from '../operations/resource-ref';
import { type Scope, toUserAppId } from '../operations/scope';
import { single } from '../operations/single';
import { withDeadline } from '../operations/with-deadline';
import type { CallOptions } from '../options/call-options';
import { iterateModelOutputs, type ModelOutputsParams, type Output } from '../predict/model-outputs';
import type { ResourceContext } from './context';
import { Evaluations } from './evaluations';
import { type ModelVersionInfo, ModelVersions } from './model-versions';
import type { ModelFields, ModelInfo } from './models';
import { assertPatchAction, type PatchOptions } from './patch';
import { assertTrainParams, modelTypeOf, toTraining, type TrainParams } from './train-model';
import { type TrainingTemplate, trainingTemplates } from './training-template';

/** A model. Making the handle asks nothing of the service. */
export class Model {
  readonly id: string;
  /** The version that predicts; `undefined` is the latest. */
  readonly versionId: string | undefined;
  readonly versions: ModelVersions;
  readonly evaluations: Evaluations;
  readonly #context: ResourceContext;
  readonly #scope: Scope;

  constructor(context: ResourceContext, { id, versionId, scope }: ResolvedRef) {
    this.id = id;
    this.versionId = versionId;
    this.versions = new ModelVersions(context, scope, id);
    this.evaluations = new Evaluations(context, scope, { id, versionId });
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

  /**
   * Lists the ways in which the model can be trained, with the parameters of each. RPCs: V2.GetModel, V2.ListModelTypes.
   *
   * @throws InvalidRequestError with the code `NOT_TRAINABLE` for a type of model that is not trained
   */
  async trainingTemplates(options: CallOptions = {}): Promise<readonly TrainingTemplate[]> {
    return trainingTemplates(await modelTypeOf(this.#context, this.#scope, this.id, options));
  }

  /**
   * Starts a training, and resolves with the new version as soon as it is queued. RPC: V2.PostModelVersions, after
   * V2.GetModel, V2.ListModelTypes and, unless concepts are given, V2.ListConcepts.
   *
   * @throws InvalidRequestError for a template or a parameter that the model's type does not have, naming the nearest
   * @example
   * const { id } = await model.train({ template: 'MMPretrain_ResNet_50', datasetId: 'trains', params: { num_epochs: 20 } });
   * await model.waitUntilTrained(id);
   */
  async train(training: TrainParams = {}, options: CallOptions = {}): Promise<ModelVersionInfo> {
    assertTrainParams(training);
    const type = await modelTypeOf(this.#context, this.#scope, this.id, options);
    return this.versions.create(await toTraining(this.#context, this.#scope, type, training, options), options);
  }

  /**
   * Waits until a version is trained. RPC: V2.GetModelVersion, again and again.
   *
   * @throws ClarifaiError of what the training failed of
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` when it takes longer than `timeoutMs`
   */
  async waitUntilTrained(versionId: string, options: WaitOptions = {}): Promise<ModelVersionInfo> {
    assertId(versionId, 'versionId');
    const request = { userAppId: toUserAppId(this.#scope), modelId: this.id, versionId };
    return pollStatus<ModelVersion>(
      {
        what: `version ${versionId} of model ${this.id} to be trained`,
        method: 'GetModelVersion',
        done: StatusCode.MODEL_TRAINED,
        read: async (call) => (await this.#context.invoke('GetModelVersion', request, call)).modelVersion,
      },
      options,
      this.#context.clock,
    );
  }

  get #version(): { readonly versionId?: string } {
    return this.versionId === undefined ? {} : { versionId: this.versionId };
  }
}
