import type { Data, Input, Model, Output, OutputConfig } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import type { DeepPartial } from '../../wire/codec';
import type { AnswerStatus } from '../answers';
import { Refusal, isFailure, status, success, summarize } from '../answers';
import type { Call } from '../service/call';
import { toTimestamp } from '../state/timestamp';
import type { Owner } from '../state/input-urls';
import type { ModelState } from '../state/model-state';
import { echoInput } from './echo-input';
import { mediaOf } from './media';
import type { PredictContext } from './model-function';
import { applyOutputConfig } from './output-config';

/** One model, as one call uses it. */
export interface ModelRun {
  /** The app that asks. */
  readonly owner: Owner;
  readonly model: ModelState;
  /** The model as outputs show it. */
  readonly shown: DeepPartial<Model>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly outputConfig: DeepPartial<OutputConfig>;
}

export type OutputMessage = DeepPartial<Output> & { readonly status: AnswerStatus };

/** Every message that the model gives for one input; one for most models. Failures are outputs, too. */
export async function* predictEach(
  run: ModelRun,
  input: Input,
  index: number,
  call: Call,
): AsyncGenerator<OutputMessage> {
  const frame = frameOf(run, input, call);
  const scripted = call.itemFaults.get(index);
  if (scripted !== undefined && isFailure(scripted)) {
    yield { ...frame, status: status(scripted, 'Scripted failure of this input'), data: {} };
    return;
  }
  try {
    for await (const data of dataOf(run, input, index, call)) {
      yield { ...frame, status: success, data: applyOutputConfig(data, run.outputConfig) };
    }
  } catch (error) {
    yield { ...frame, status: failureStatus(error), data: {} };
  }
}

/** The one output of an input: what a streaming model says bit by bit is put together. */
export async function predict(run: ModelRun, input: Input, index: number, call: Call): Promise<OutputMessage> {
  let whole: OutputMessage | undefined;
  for await (const part of predictEach(run, input, index, call)) {
    const isFirst = whole === undefined || part.status.code !== StatusCode.SUCCESS;
    whole = isFirst ? part : { ...part, data: join(whole?.data ?? {}, part.data ?? {}) };
  }
  return whole ?? { ...frameOf(run, input, call), status: success, data: {} };
}

/**
 * The call's status, from its outputs'. A single input that fails lends the call its own status nowadays; in 2019 the call
 * was a FAILURE. Recordings of both are around, and clients must cope with both.
 */
export function callStatus(statuses: readonly AnswerStatus[], badUrlStatus: 'modern' | 'legacy'): AnswerStatus {
  const [only] = statuses;
  const isSingleFailure = statuses.length === 1 && only !== undefined && isFailure(only.code);
  return isSingleFailure && badUrlStatus === 'modern' ? only : summarize(statuses);
}

async function* dataOf(run: ModelRun, input: Input, index: number, call: Call): AsyncGenerator<DeepPartial<Data>> {
  const { model, params, outputConfig } = run;
  const { method, signal, world } = call;
  const media = mediaOf(input, model.takes, world.urls, world.options.limits);
  if (model.predict === undefined) throw new Refusal(status(StatusCode.MODEL_UNTRAINED));
  const context: PredictContext = { method, index, params, outputConfig, media, signal };
  const result = model.predict(input, context);
  if (Symbol.asyncIterator in result) yield* result;
  else yield await result;
}

function frameOf(run: ModelRun, input: Input, call: Call): DeepPartial<Output> {
  const { clock, randomBytes } = call.world;
  const id = randomId(randomBytes);
  return {
    id,
    createdAt: toTimestamp(clock.now()),
    model: run.shown,
    input: echoInput(input, input.id || id, run.owner),
  };
}

/** An error may say which status it stands for, as this package's own errors do. */
function failureStatus(error: unknown): AnswerStatus {
  if (error instanceof Refusal) return error.status;
  const details = error instanceof Error ? error.message : String(error);
  const own = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  const isKnown = typeof own === 'number' && StatusCode[own] !== undefined && isFailure(own);
  return status(isKnown ? own : StatusCode.RUNNER_PROCESSING_FAILED, details);
}

function join(before: DeepPartial<Data>, next: DeepPartial<Data>): DeepPartial<Data> {
  return {
    ...before,
    ...next,
    ...(before.text?.raw !== undefined && { text: { ...next.text, raw: before.text.raw + (next.text?.raw ?? '') } }),
    ...(before.stringValue !== undefined && { stringValue: before.stringValue + (next.stringValue ?? '') }),
  };
}
