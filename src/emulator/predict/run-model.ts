import type { Data, Input, Model, Output, OutputConfig } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import type { DeepPartial } from '../../wire/codec';
import type { AnswerStatus } from '../answers';
import { Refusal, isFailure, refuse, status, success, summarize } from '../answers';
import { asksForSignatures } from '../methods/run-method';
import type { Call } from '../service/call';
import { toTimestamp } from '../state/timestamp';
import type { Owner } from '../state/input-urls';
import type { ModelState } from '../state/model-state';
import { echoInput } from './echo-input';
import { inLanguage } from './in-language';
import { fetchMedia } from './fetch-media';
import { mediaOf } from './media';
import type { ModelFunction, PredictContext } from './model-function';
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
  try {
    await fetchMedia([input], call);
    const result = start(run, input, index, call);
    const each = Symbol.asyncIterator in result ? result : [result];
    for await (const data of each) yield { ...frame, status: success, data: asAsked(data, run, call) };
  } catch (error) {
    yield { ...frame, status: failureStatus(error), data: {} };
  }
}

/** The one output of an input: what a streaming model says bit by bit is put together. */
export async function predict(run: ModelRun, input: Input, index: number, call: Call): Promise<OutputMessage> {
  const frame = frameOf(run, input, call);
  try {
    await fetchMedia([input], call);
    const result = start(run, input, index, call);
    const data = Symbol.asyncIterator in result ? await whole(result) : await result;
    return { ...frame, status: success, data: asAsked(data, run, call) };
  } catch (error) {
    return { ...frame, status: failureStatus(error), data: {} };
  }
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

/** What the request wants of the data: the concepts that it asks for, in the language that it asks for. */
function asAsked(data: DeepPartial<Data>, { outputConfig, model }: ModelRun, call: Call): DeepPartial<Data> {
  const kept = applyOutputConfig(data, outputConfig);
  const { language = 'en' } = outputConfig;
  return language === 'en' ? kept : inLanguage(kept, language, model, call.world);
}

/** @throws Refusal with the status of an input that the model cannot take, or that is scripted to fail */
function start(run: ModelRun, input: Input, index: number, call: Call): ReturnType<ModelFunction> {
  const { model, params, outputConfig } = run;
  const { method, world } = call;
  const scripted = call.itemFaults.get(index);
  if (scripted !== undefined && isFailure(scripted)) throw refuse(scripted, 'Scripted failure of this input');
  // A model without methods does not know the question, and clients take it for one of the old kind.
  if (model.methods === undefined && asksForSignatures(input))
    throw refuse(StatusCode.INPUT_UNSUPPORTED_FORMAT, 'The model has no method signatures.');
  const media = mediaOf(input, model.takes, world.urls, world.options.limits);
  if (model.predict === undefined) throw new Refusal(status(StatusCode.MODEL_UNTRAINED));
  const context: PredictContext = {
    method,
    index,
    params,
    outputConfig,
    media,
    // Few models ask, and a signal costs more than the rest of the context.
    get signal() {
      return call.signal;
    },
  };
  return model.predict(input, context);
}

async function whole(parts: AsyncIterable<DeepPartial<Data>>): Promise<DeepPartial<Data>> {
  let joined: DeepPartial<Data> | undefined;
  for await (const part of parts) joined = joined === undefined ? part : join(joined, part);
  return joined ?? {};
}

/** What an output says beside its status and its data. */
export function frameOf(run: ModelRun, input: Input, call: Call): DeepPartial<Output> {
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
