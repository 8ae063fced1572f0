import type { EvalMetrics, FieldsValue } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { assertJsonObject, type JsonObject } from '../inputs/json';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { WaitOptions } from '../operations/poll';
import { pollStatus } from '../operations/poll-status';
import { type ResourceRef, resolveRef } from '../operations/resource-ref';
import { present, single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';

/** An evaluation as the service describes it. */
export interface EvaluationInfo extends Plain<EvalMetrics> {}

/** Which of the larger figures of an evaluation to read; the summary always comes. */
export type EvaluationFields = Partial<FieldsValue>;

/** What a model is evaluated with. */
export interface EvaluationParams {
  /** The truth to compare with, with a version if wanted. */
  readonly dataset: ResourceRef;
  /** @default the service makes one */
  readonly id?: string | undefined;
  /** Parameters of the evaluation. */
  readonly evalInfo?: JsonObject | undefined;
  /** Figures of the caller's own, kept with the evaluation. */
  readonly extendedMetrics?: JsonObject | undefined;
}

/** The evaluations of a model's version. */
export class Evaluations {
  /** The model. */
  readonly modelId: string;
  readonly #context: ScopedContext;
  readonly #versionId: string | undefined;

  constructor(context: ScopedContext, model: { readonly id: string; readonly versionId?: string | undefined }) {
    this.modelId = model.id;
    this.#context = context;
    this.#versionId = model.versionId;
  }

  /**
   * Starts an evaluation, and resolves as soon as it is queued. RPC: V2.PostEvaluations, after V2.GetModel when the handle
   * has no version: then the latest is evaluated.
   *
   * @example
   * const { id } = await model.evaluations.create({ dataset: 'test-set' });
   * const { summary } = await model.evaluations.wait(id);
   */
  async create(params: EvaluationParams, options: CallOptions = {}): Promise<EvaluationInfo> {
    assertObject(params, 'evaluation', ['dataset', 'id', 'evalInfo', 'extendedMetrics']);
    const { id, evalInfo, extendedMetrics } = params;
    if (id !== undefined) assertId(id, 'evaluation.id');
    if (evalInfo !== undefined) assertJsonObject(evalInfo, 'evaluation.evalInfo');
    if (extendedMetrics !== undefined) assertJsonObject(extendedMetrics, 'evaluation.extendedMetrics');
    const dataset = resolveRef(params.dataset, 'dataset', this.#context.scope);
    const metrics: DeepPartial<EvalMetrics> = {
      ...(id !== undefined && { id }),
      model: { id: this.modelId, ...this.#context.scope, modelVersion: { id: await this.#version(options) } },
      groundTruthDataset: {
        id: dataset.id,
        ...dataset.scope,
        ...(dataset.versionId !== undefined && { version: { id: dataset.versionId } }),
      },
      ...(evalInfo !== undefined && { evalInfo: { params: evalInfo } }),
      ...(extendedMetrics !== undefined && { extendedMetrics: { userMetrics: extendedMetrics } }),
    };
    const request = { userAppId: this.#context.userAppId, evalMetrics: [metrics] };
    return single((await this.#context.invoke('PostEvaluations', request, options)).evalMetrics[0], 'PostEvaluations');
  }

  /** Lists the evaluations of the version. RPC: V2.ListModelVersionEvaluations. */
  list(options: ListOptions = {}): Listing<EvaluationInfo> {
    return listing<EvalMetrics>(options, async (page, call) => {
      const modelVersionId = await this.#version(call);
      const request = { userAppId: this.#context.userAppId, modelId: this.modelId, modelVersionId, ...page };
      return (await this.#context.invoke('ListModelVersionEvaluations', request, call)).evalMetrics;
    });
  }

  /**
   * Reads an evaluation. RPC: V2.GetEvaluation.
   *
   * @throws NotFoundError when there is no such evaluation
   */
  async get(evaluationId: string, fields: EvaluationFields = {}, options: CallOptions = {}): Promise<EvaluationInfo> {
    assertId(evaluationId, 'evaluationId');
    assertObject(fields, 'fields');
    const request = { userAppId: this.#context.userAppId, evaluationId, fields };
    return single((await this.#context.invoke('GetEvaluation', request, options)).evalMetrics, 'GetEvaluation');
  }

  /** Reads the latest evaluation that has ended well; `undefined` when there is none. RPCs: V2.ListModelVersionEvaluations, V2.GetEvaluation. */
  async latest(fields: EvaluationFields = {}, options: CallOptions = {}): Promise<EvaluationInfo | undefined> {
    assertObject(fields, 'fields');
    for await (const { id, status } of this.list(options)) {
      if (status?.code === StatusCode.MODEL_EVALUATED) return this.get(id, fields, options);
    }
    return undefined;
  }

  /**
   * Waits until an evaluation has ended. RPC: V2.GetEvaluation, again and again.
   *
   * @throws ClarifaiError of what the evaluation failed of
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` when it takes longer than `timeoutMs`
   */
  async wait(evaluationId: string, options: WaitOptions = {}): Promise<EvaluationInfo> {
    assertId(evaluationId, 'evaluationId');
    const request = { userAppId: this.#context.userAppId, evaluationId };
    return pollStatus<EvalMetrics>(
      {
        what: `evaluation ${evaluationId} to end`,
        method: 'GetEvaluation',
        done: StatusCode.MODEL_EVALUATED,
        read: async (call) => (await this.#context.invoke('GetEvaluation', request, call)).evalMetrics,
      },
      options,
      this.#context.clock,
    );
  }

  async #version(options: CallOptions): Promise<string> {
    if (this.#versionId !== undefined) return this.#versionId;
    const request = { userAppId: this.#context.userAppId, modelId: this.modelId };
    const { model } = await this.#context.invoke('GetModel', request, options);
    return present(model?.modelVersion, 'GetModel').id;
  }
}
