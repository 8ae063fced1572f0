import type { Output as OutputMessage } from '../../generated/proto/clarifai/api/resources';
import { assertObject } from '../base/assert';
import type { InputsLike } from '../inputs/input-like';
import { assertJsonObject, type JsonObject } from '../inputs/json';
import { maxInputsPerRequest } from '../base/limits';
import type { Invoke } from '../operations/invoker';
import type { Outcome } from '../operations/outcome';
import type { Scope } from '../operations/scope';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import { resolveCallOptions } from '../options/resolve-call-options';
import { type ModelRef, resolveRef } from '../operations/resource-ref';
import { type ComputeSelector, toRunnerSelector } from './compute-selector';
import { type OutputConfigLike, toOutputConfig } from './output-config';
import { predictInputs } from './predict-inputs';

/** What a model answered about one input. */
export type Output = Plain<OutputMessage>;

/** What to ask which model. */
export interface ModelOutputsParams {
  readonly model: ModelRef;
  readonly inputs: InputsLike;
  readonly outputConfig?: OutputConfigLike | undefined;
  /** Parameters of the model's own, such as `{ temperature: 0.2 }` of a language model. */
  readonly inferenceParams?: JsonObject | undefined;
  /** Machines of the user's own that the model is to run on. @default the service decides */
  readonly compute?: ComputeSelector | undefined;
  /** Requests in flight. @default 4 */
  readonly concurrency?: number | undefined;
}

const paramNames = ['model', 'inputs', 'outputConfig', 'inferenceParams', 'compute', 'concurrency'];

/** RPC: V2.PostModelOutputs. See `Clarifai.iterateModelOutputs`. */
export function iterateModelOutputs(
  invoke: Invoke,
  scope: Scope,
  params: ModelOutputsParams,
  options: CallOptions,
): AsyncGenerator<Outcome<Output>, void, undefined> {
  assertObject(params, 'params', paramNames);
  resolveCallOptions(undefined, options);
  const { model, inputs, outputConfig, inferenceParams, compute, concurrency } = params;
  const runnerSelector = compute === undefined ? undefined : toRunnerSelector(compute, scope);
  const { id: modelId, versionId, userAppId } = resolveRef(model, 'model', scope);
  if (inferenceParams !== undefined) assertJsonObject(inferenceParams, 'inferenceParams');
  const outputInfo = (outputConfig !== undefined || inferenceParams !== undefined) && {
    outputConfig: outputConfig === undefined ? undefined : toOutputConfig(outputConfig),
    params: inferenceParams,
  };
  return predictInputs<OutputMessage>({
    method: 'PostModelOutputs',
    inputs,
    concurrency,
    chunkSize: maxInputsPerRequest,
    signal: options.signal,
    async send(part, request) {
      const { status, outputs } = await invoke(
        'PostModelOutputs',
        {
          userAppId,
          modelId,
          versionId,
          inputs: part,
          runnerSelector,
          model: outputInfo ? { modelVersion: { outputInfo } } : undefined,
        },
        { ...options, ...request, idempotent: true, partial: { items: 'outputs' } },
      );
      return { status, items: outputs };
    },
  });
}
