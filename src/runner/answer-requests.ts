import type { Output } from '../../generated/proto/clarifai/api/resources';
import type { MultiOutputResponse, PostModelOutputsRequest } from '../../generated/proto/clarifai/api/service';
import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { RunnerMethodType } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { redact } from '../base/redact';
import { toPlain } from '../operations/to-plain';
import type { DeepPartial } from '../wire/codec';
import type { RunnerAnswer, RunnerCall, RunnerHandlers, RunnerInput } from './runner-handlers';
import type { Slots } from './slots';

type Response = DeepPartial<MultiOutputResponse>;

/** An item of work: the first of its requests, and those that follow in a stream of them. */
export interface RunnerWork {
  readonly methodType: RunnerMethodType;
  readonly first: PostModelOutputsRequest;
  readonly later: AsyncIterable<PostModelOutputsRequest>;
  readonly signal: AbortSignal;
}

/**
 * Lets the handlers answer an item, as many inputs at a time as there are slots. One input that fails is that output's
 * failure; in answers bit by bit it is the item's, and is thrown.
 */
export function answerRequests(work: RunnerWork, handlers: RunnerHandlers, slots: Slots): AsyncIterable<Response> {
  switch (work.methodType) {
    case RunnerMethodType.UNKNOWN:
    case RunnerMethodType.UNARY_UNARY:
      return predict(work, handlers, slots);
    case RunnerMethodType.UNARY_STREAMING:
      return inOneSlot(work, slots, () => generate(work, handlers));
    case RunnerMethodType.STREAMING_UNARY:
    case RunnerMethodType.STREAMING_STREAMING:
      return inOneSlot(work, slots, () => stream(work, handlers));
  }
}

async function* predict(work: RunnerWork, { predict: answer }: RunnerHandlers, slots: Slots): AsyncGenerator<Response> {
  if (answer === undefined) throw unanswered('one answer a request');
  const { first, signal } = work;
  const call = toCall(work);
  const answerOne = async (input: RunnerInput): Promise<DeepPartial<Output>> => {
    try {
      return succeeded(await slots.use(signal, async () => answer(input, call)));
    } catch (error) {
      return { status: toFailedStatus(error) };
    }
  };
  const outputs = await Promise.all(first.inputs.map((input) => answerOne(toPlain(input))));
  signal.throwIfAborted();
  yield { status: toCallStatus(outputs), outputs };
}

/** Answers all inputs side by side; one whose answers have ended has no more data. */
async function* generate(work: RunnerWork, { generate: answer }: RunnerHandlers): AsyncGenerator<Response> {
  if (answer === undefined) throw unanswered('answers bit by bit');
  const call = toCall(work);
  const answers = work.first.inputs.map((input) => each(answer(toPlain(input), call)));
  try {
    for (;;) {
      const steps = await Promise.all(answers.map((one) => one.next()));
      work.signal.throwIfAborted();
      if (steps.every(({ done }) => done === true)) return;
      const outputs = steps.map((step) => succeeded(step.done === true ? {} : step.value));
      yield { status: toCallStatus(outputs), outputs };
    }
  } finally {
    await Promise.all(answers.map((one) => one.return(undefined)));
  }
}

async function* stream(work: RunnerWork, { stream: answer }: RunnerHandlers): AsyncGenerator<Response> {
  if (answer === undefined) throw unanswered('streams');
  for await (const data of answer(inputsOf(work), toCall(work))) {
    work.signal.throwIfAborted();
    const outputs = [succeeded(data)];
    yield { status: toCallStatus(outputs), outputs };
  }
}

async function* inputsOf({ first, later }: RunnerWork): AsyncGenerator<RunnerInput, void, undefined> {
  yield* first.inputs.map((input) => toPlain(input));
  for await (const { inputs } of later) yield* inputs.map((input) => toPlain(input));
}

async function* inOneSlot(
  { signal }: RunnerWork,
  slots: Slots,
  answers: () => AsyncGenerator<Response>,
): AsyncGenerator<Response> {
  await slots.take();
  try {
    signal.throwIfAborted();
    yield* answers();
  } finally {
    slots.release();
  }
}

async function* each(
  answers: Iterable<RunnerAnswer> | AsyncIterable<RunnerAnswer>,
): AsyncGenerator<RunnerAnswer, void> {
  yield* answers;
}

function toCall({ first: { modelId, model }, signal }: RunnerWork): RunnerCall {
  return { modelId, params: toPlain(model?.modelVersion?.outputInfo?.params ?? {}), signal };
}

function succeeded(data: RunnerAnswer): DeepPartial<Output> {
  return { status: { code: StatusCode.SUCCESS, description: 'Ok' }, data };
}

function toCallStatus(outputs: readonly DeepPartial<Output>[]): DeepPartial<Status> {
  const failures = outputs.filter(({ status }) => status?.code !== StatusCode.SUCCESS).length;
  if (failures === 0) return { code: StatusCode.SUCCESS, description: 'Success' };
  if (failures < outputs.length) return { code: StatusCode.MIXED_STATUS, description: 'Mixed Status' };
  return { code: StatusCode.FAILURE, description: 'Failed' };
}

/** What the caller of the model gets to know of an error of a handler: its message, without what looks like a secret. */
export function toFailedStatus(error: unknown): DeepPartial<Status> {
  const details = redact(error instanceof Error ? error.message : String(error));
  return { code: StatusCode.RUNNER_PROCESSING_FAILED, description: 'Failed', details };
}

function unanswered(what: string): Error {
  return new Error(`This runner does not give ${what}`);
}
