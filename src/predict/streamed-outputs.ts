import type { Input } from '../../generated/proto/clarifai/api/resources';
import type { PostModelOutputsRequest } from '../../generated/proto/clarifai/api/service';
import { assertObject, invalidArgument } from '../base/assert';
import { maxInputsPerRequest } from '../base/limits';
import { assertInputs } from '../inputs/assert-inputs';
import type { InputsLike } from '../inputs/input-like';
import { prepareInputs } from '../inputs/prepare-inputs';
import type { InvokeStream, StreamOptions } from '../operations/invoker';
import type { Outcome } from '../operations/outcome';
import type { Scope } from '../operations/scope';
import { toPlain } from '../operations/to-plain';
import type { DeepPartial } from '../wire/codec';
import { toItemResult } from './item-result';
import type { Output } from './model-outputs';
import { createToModelRequest, type ModelAsk, modelAskNames, type ToModelRequest } from './model-request';

/** What to ask a model that answers bit by bit. */
export interface StreamedOutputsParams extends ModelAsk {
  /** What it is asked about: for `generate` at most 128, for `stream` any number, sent as they come. */
  readonly inputs: InputsLike;
}

const paramNames = [...modelAskNames, 'inputs'];

/** RPC: V2.GenerateModelOutputs. See `Model.generate`. */
export async function* generateOutputs(
  invokeStream: InvokeStream,
  scope: Scope,
  params: StreamedOutputsParams,
  options: StreamOptions,
): AsyncGenerator<Outcome<Output>, void, undefined> {
  assertObject(params, 'params', paramNames);
  const { inputs: given, ...asked } = params;
  const toRequest = createToModelRequest(asked, scope);
  const inputs: DeepPartial<Input>[] = [];
  for await (const input of messagesOf(given)) {
    inputs.push(input);
    if (inputs.length > maxInputsPerRequest)
      throw invalidArgument('inputs', `at most ${maxInputsPerRequest} inputs`, inputs.length);
  }
  if (inputs.length === 0) throw invalidArgument('inputs', 'at least one input', []);
  const calling = { ...options, idempotent: true, partial: { items: 'outputs' } };
  for await (const answer of invokeStream('GenerateModelOutputs', toRequest(inputs), calling)) {
    for (const [index, output] of answer.outputs.entries()) {
      yield { index, id: inputs[index]?.id, ...toItemResult(output, answer, 'GenerateModelOutputs') };
    }
  }
}

/** RPC: V2.StreamModelOutputs. See `Model.stream`. */
export async function* streamOutputs(
  invokeStream: InvokeStream,
  scope: Scope,
  params: StreamedOutputsParams,
  options: StreamOptions,
): AsyncGenerator<Output, void, undefined> {
  assertObject(params, 'params', paramNames);
  const { inputs, ...asked } = params;
  const toRequest = createToModelRequest(asked, scope);
  yield* answersTo(invokeStream, toRequest, messagesOf(inputs), options);
}

/** Sends messages one after another, and yields what they are answered with; without a message nothing is sent. */
export async function* answersTo(
  invokeStream: InvokeStream,
  toRequest: ToModelRequest,
  messages: AsyncIterable<DeepPartial<Input>>,
  options: StreamOptions,
): AsyncGenerator<Output, void, undefined> {
  const requests = requestsOf(toRequest, messages);
  try {
    const first = await requests.next();
    if (first.done === true) return;
    const calling = { ...options, idempotent: true };
    for await (const { outputs } of invokeStream('StreamModelOutputs', withFirst(first.value, requests), calling)) {
      for (const output of outputs) yield toPlain(output);
    }
  } finally {
    // Not awaited: a source that waits for something answers only when that has come.
    requests.return().catch(() => undefined);
  }
}

async function* requestsOf(
  toRequest: ToModelRequest,
  messages: AsyncIterable<DeepPartial<Input>>,
): AsyncGenerator<DeepPartial<PostModelOutputsRequest>, void, undefined> {
  for await (const message of messages) yield toRequest([message]);
}

async function* withFirst<Item>(first: Item, others: AsyncGenerator<Item, void, undefined>): AsyncGenerator<Item> {
  yield first;
  yield* others;
}

async function* messagesOf(inputs: InputsLike): AsyncGenerator<DeepPartial<Input>, void, undefined> {
  assertInputs(inputs, 'inputs');
  for await (const input of prepareInputs(inputs)) {
    if (!input.ok) throw input.error;
    yield input.message;
  }
}
