import type { ModelVersion } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { answersMissing } from '../operations/answers-missing';
import type { StreamOptions } from '../operations/invoker';
import type { Outcome } from '../operations/outcome';
import type { WaitOptions } from '../operations/poll';
import { pollStatus } from '../operations/poll-status';
import type { ResolvedRef } from '../operations/resource-ref';
import { single } from '../operations/single';
import type { CallOptions } from '../options/call-options';
import { type ModelOutputsParams, type Output, postModelOutputs } from '../predict/model-outputs';
import type { AnswerOf, ArgumentsOf, DeclaredMethod } from '../predict/methods/declared-method';
import type { MethodArguments, MethodValue } from '../predict/methods/method-value';
import {
  type MethodCallOptions,
  type MethodLike,
  ModelMethods,
  type MethodStreamOptions,
} from '../predict/methods/model-methods';
import type { MethodSignature } from '../predict/methods/signature';
import { generateOutputs, type StreamedOutputsParams, streamOutputs } from '../predict/streamed-outputs';
import { type ResourceContext, type ScopedContext, withScope } from './context';
import { Evaluations } from './evaluations';
import { type ModelVersionInfo, ModelVersions } from './model-versions';
import type { ModelFields, ModelInfo } from './models';
import { type PatchOptions, readPatchOptions } from './patch';
import { assertTrainParams, modelTypeOf, toTraining, type TrainParams } from './train-model';
import { type TrainingTemplate, trainingTemplates } from './training-template';

/** A model. Making the handle asks nothing of the service. */
export class Model {
  /** The model's id. */
  readonly id: string;
  /** The version that predicts; `undefined` is the latest. */
  readonly versionId: string | undefined;
  /** Its versions, and their exports. */
  readonly versions: ModelVersions;
  /** Its evaluations. */
  readonly evaluations: Evaluations;
  readonly #context: ScopedContext;
  readonly #methods: ModelMethods;

  constructor(context: ResourceContext, ref: ResolvedRef) {
    const { id, versionId, scope } = ref;
    this.id = id;
    this.versionId = versionId;
    const scoped = withScope(context, scope);
    this.#context = scoped;
    this.versions = new ModelVersions(scoped, id);
    this.evaluations = new Evaluations(scoped, { id, versionId });
    this.#methods = new ModelMethods(context, ref);
  }

  /**
   * Reads what the service says of the model, in the handle's version. RPC: V2.GetModel.
   *
   * @throws NotFoundError when the app has no such model
   */
  async get(options: CallOptions = {}): Promise<ModelInfo> {
    const request = { userAppId: this.#context.userAppId, modelId: this.id, ...this.#version };
    return single((await this.#context.invoke('GetModel', request, options)).model, 'GetModel');
  }

  /**
   * Changes the model; fields that are not given stay. RPC: V2.PatchModels. What a version holds is changed with
   * `versions.patch`.
   *
   * @param options `action` is `'overwrite'` by default
   */
  async patch(fields: ModelFields, options: PatchOptions = {}): Promise<ModelInfo> {
    const { action, ...call } = readPatchOptions(options, 'overwrite');
    assertObject(fields, 'fields');
    const request = { userAppId: this.#context.userAppId, models: [{ ...fields, id: this.id }], action };
    return single((await this.#context.invoke('PatchModels', request, call)).models[0], 'PatchModels');
  }

  /**
   * Asks the model about any number of inputs. See `Clarifai.postModelOutputs`. RPC: V2.PostModelOutputs.
   *
   * @example
   * const [outcome] = await clarifai.model('locomotives').predict({ inputs: [{ file: 'photo.jpg' }] });
   */
  predict(params: Omit<ModelOutputsParams, 'model'>, options: CallOptions = {}): Promise<Outcome<Output>[]> {
    return postModelOutputs(this.#context, this.#context.scope, { ...params, model: this.#ref }, options);
  }

  /**
   * Asks the model about inputs, and yields what it answers bit by bit: an outcome an output, whose `index` is the place of
   * its input. RPC: V2.GenerateModelOutputs, with at most 128 inputs; until the first answer it is retried as other calls are.
   *
   * With a method, by its name or as it is declared, calls that method with arguments by name, and yields its values; the
   * signature is read first. See `call`.
   *
   * @throws ClarifaiError of what ends the stream
   * @example
   * const tell = { name: 'generate', input: { prompt: 'str' }, output: 'str' } as const;
   * for await (const token of clarifai.model(llm).generate(tell, { prompt: 'Tell me of trains.' })) process.stdout.write(token);
   */
  generate(params: Omit<StreamedOutputsParams, 'model'>, options?: StreamOptions): AsyncIterable<Outcome<Output>>;
  generate<const Method extends DeclaredMethod>(
    method: Method,
    args: ArgumentsOf<Method>,
    options?: MethodStreamOptions,
  ): AsyncIterable<AnswerOf<Method>>;
  generate(method: string, args: MethodArguments, options?: MethodStreamOptions): AsyncIterable<MethodValue>;
  generate(
    ...asked: [params: Omit<StreamedOutputsParams, 'model'>, options?: StreamOptions | undefined] | MethodCall
  ): AsyncIterable<Outcome<Output> | MethodValue> {
    if (isMethodCall(asked)) return this.#methods.generate(asked[0], asked[1], asked[2] ?? {});
    const [params, options = {}] = asked;
    return generateOutputs(this.#context.invokeStream, this.#context.scope, { ...params, model: this.#ref }, options);
  }

  /**
   * Sends inputs one by one, and yields what the model answers meanwhile. The source is read no faster than the service takes
   * it; without an input nothing is sent. RPC: V2.StreamModelOutputs; an attempt that fails before its first answer is repeated
   * with the inputs that it took, when they are no more than 16.
   *
   * With a method, by its name or as it is declared, calls that method: the argument that comes bit by bit is an iterable or
   * async iterable. See `call`.
   *
   * @throws ClarifaiError of what ends the stream
   * @example
   * const transcribe = { name: 'transcribe', input: { chunks: { iterator: 'bytes' } }, output: 'str' } as const;
   * for await (const text of clarifai.model(ears).stream(transcribe, { chunks: microphone() })) console.log(text);
   */
  stream(params: Omit<StreamedOutputsParams, 'model'>, options?: StreamOptions): AsyncIterable<Output>;
  stream<const Method extends DeclaredMethod>(
    method: Method,
    args: ArgumentsOf<Method>,
    options?: MethodStreamOptions,
  ): AsyncIterable<AnswerOf<Method>>;
  stream(method: string, args: MethodArguments, options?: MethodStreamOptions): AsyncIterable<MethodValue>;
  stream(
    ...asked: [params: Omit<StreamedOutputsParams, 'model'>, options?: StreamOptions | undefined] | MethodCall
  ): AsyncIterable<Output | MethodValue> {
    if (isMethodCall(asked)) return this.#methods.stream(asked[0], asked[1], asked[2] ?? {});
    const [params, options = {}] = asked;
    return streamOutputs(this.#context.invokeStream, this.#context.scope, { ...params, model: this.#ref }, options);
  }

  /**
   * Lists the methods that the model can be called by, with their arguments; none for a model that just takes inputs. Read
   * once. RPC: V2.GetModelVersion, and V2.PostModelOutputs where the version does not tell.
   */
  async methods(options: CallOptions = {}): Promise<readonly MethodSignature[]> {
    return this.#methods.signatures(options);
  }

  /**
   * Calls a method of the model, and resolves with its value; with an array of arguments, with one outcome for each.
   * Arguments are checked against the method's signature, which is read first. RPC: V2.PostModelOutputs.
   *
   * @param method its name; or as the caller declares it, with the types of its arguments and of its value, which TypeScript
   * then knows. `methods` lists what there is to be declared
   * @throws InvalidRequestError for an argument that is unknown, missing or of another type, and with the code
   * `UNLIKE_DECLARED` for a method that is not what was declared, before the call is sent
   * @throws ServerError with the code `ANSWER_MISSING` when there is no value, and the declaration does not say that it is
   * `optional`
   * @example
   * const add = { name: 'add', input: { a: 'int', b: { optional: 'int' } }, output: 'int' } as const;
   * const sum = await clarifai.model('adder').call(add, { a: 1, b: 2 });
   */
  call<const Method extends DeclaredMethod>(
    method: Method,
    args: readonly ArgumentsOf<Method>[],
    options?: MethodCallOptions,
  ): Promise<Outcome<AnswerOf<Method>>[]>;
  call<const Method extends DeclaredMethod>(
    method: Method,
    args: ArgumentsOf<Method>,
    options?: MethodCallOptions,
  ): Promise<AnswerOf<Method>>;
  call(method: string, args: readonly MethodArguments[], options?: MethodCallOptions): Promise<Outcome<MethodValue>[]>;
  call(method: string, args: MethodArguments, options?: MethodCallOptions): Promise<MethodValue>;
  async call(
    method: MethodLike,
    args: MethodArguments | readonly MethodArguments[],
    options: MethodCallOptions = {},
  ): Promise<MethodValue | Outcome<MethodValue>[]> {
    if (isList(args)) return this.#methods.call(method, args, options, (index) => `args[${index}]`);
    const [outcome] = await this.#methods.call(method, [args], options, () => 'args');
    if (outcome === undefined) throw answersMissing('PostModelOutputs', 1, 0);
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  }

  /**
   * Lists the ways in which the model can be trained, with the parameters of each. RPCs: V2.GetModel, V2.ListModelTypes.
   *
   * @throws InvalidRequestError with the code `NOT_TRAINABLE` for a type of model that is not trained
   */
  async trainingTemplates(options: CallOptions = {}): Promise<readonly TrainingTemplate[]> {
    return trainingTemplates(await modelTypeOf(this.#context, this.id, options));
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
    const type = await modelTypeOf(this.#context, this.id, options);
    return this.versions.create(await toTraining(this.#context, type, training, options), options);
  }

  /**
   * Waits until a version is trained. RPC: V2.GetModelVersion, again and again.
   *
   * @throws ClarifaiError of what the training failed of
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` when it takes longer than `timeoutMs`
   */
  async waitUntilTrained(versionId: string, options: WaitOptions = {}): Promise<ModelVersionInfo> {
    assertId(versionId, 'versionId');
    const request = { userAppId: this.#context.userAppId, modelId: this.id, versionId };
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

  get #ref(): { readonly id: string; readonly versionId?: string } {
    return { id: this.id, ...this.#version };
  }

  get #version(): { readonly versionId?: string } {
    return this.versionId === undefined ? {} : { versionId: this.versionId };
  }
}

type MethodCall = [method: MethodLike, args: MethodArguments, options?: MethodStreamOptions | undefined];

function isMethodCall(asked: readonly [unknown, ...unknown[]]): asked is MethodCall {
  const [method] = asked;
  return typeof method === 'string' || (typeof method === 'object' && method !== null && 'output' in method);
}

function isList(args: MethodArguments | readonly MethodArguments[]): args is readonly MethodArguments[] {
  return Array.isArray(args);
}
