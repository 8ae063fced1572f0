import type { Output as OutputMessage } from '../../generated/proto/clarifai/api/resources';
import type { MultiOutputResponse } from '../../generated/proto/clarifai/api/service';
import { assertObject } from '../base/assert';
import type { InputsLike } from '../inputs/input-like';
import { maxInputsPerRequest } from '../base/limits';
import type { Clock } from '../base/clock';
import { withDeadline } from '../operations/with-deadline';
import type { Invoke } from '../operations/invoker';
import type { Outcome } from '../operations/outcome';
import type { Scope } from '../operations/scope';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import { resolveCallOptions } from '../options/resolve-call-options';
import { createToModelRequest, type ModelAsk, modelAskNames } from './model-request';
import { predictAllInputs, predictInputs, type PredictInputsParams } from './predict-inputs';

/** What a model answered about one input. */
export interface Output extends Plain<OutputMessage> {}

/** What to ask which model. */
export interface ModelOutputsParams extends ModelAsk {
  /** What it is asked about, any number: URLs, bytes, files, texts. */
  readonly inputs: InputsLike;
  /** Requests in flight. @default 4 */
  readonly concurrency?: number | undefined;
}

const partial = { items: 'outputs' };
const paramNames = [...modelAskNames, 'inputs', 'concurrency'];

/** RPC: V2.PostModelOutputs. See `Clarifai.iterateModelOutputs`. */
export function iterateModelOutputs(
  invoke: Invoke,
  scope: Scope,
  params: ModelOutputsParams,
  options: CallOptions,
): AsyncGenerator<Outcome<Output>, void, undefined> {
  return predictInputs(toPrediction(invoke, scope, params, options));
}

/** As `iterateModelOutputs`, and all at once; a `timeoutMs` bounds all requests together. See `Clarifai.postModelOutputs`. */
export function postModelOutputs(
  { invoke, clock }: { readonly invoke: Invoke; readonly clock: Clock },
  scope: Scope,
  params: ModelOutputsParams,
  options: CallOptions,
): Promise<Outcome<Output>[]> {
  return predictAllInputs(() => toPrediction(withDeadline(invoke, options, clock), scope, params, options));
}

function toPrediction(
  invoke: Invoke,
  scope: Scope,
  params: ModelOutputsParams,
  options: CallOptions,
): PredictInputsParams<OutputMessage, MultiOutputResponse> {
  assertObject(params, 'params', paramNames);
  resolveCallOptions(undefined, options);
  const { inputs, concurrency, ...asked } = params;
  const toRequest = createToModelRequest(asked, scope);
  return {
    method: 'PostModelOutputs',
    inputs,
    concurrency,
    chunkSize: maxInputsPerRequest,
    signal: options.signal,
    // What is spread comes last: V8 gives each object that is added to after a spread a hidden class of its own.
    send: (part, sending) =>
      invoke('PostModelOutputs', toRequest(part), { idempotent: true, partial, ...options, ...sending }),
    itemsOf: ({ outputs }) => outputs,
  };
}
