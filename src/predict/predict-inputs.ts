import type { Input } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { throwIfAborted } from '../base/abort';
import { assertInteger, invalidArgument, invalidRequest } from '../base/assert';
import { isSuccess } from '../base/is-success';
import { assertInputs } from '../inputs/assert-inputs';
import type { InputsLike } from '../inputs/input-like';
import { defaultChunkBytes, maxInputsPerRequest, maxRequestBytes } from '../base/limits';
import { type PreparedInput, prepareInputs } from '../inputs/prepare-inputs';
import { answersMissing } from '../operations/answers-missing';
import { type ItemResult, bisect } from '../operations/bisect';
import { chunk } from '../operations/chunk';
import { collect } from '../operations/collect';
import { mapConcurrent, type MapperContext } from '../operations/map-concurrent';
import type { Outcome } from '../operations/outcome';
import type { Plain } from '../operations/to-plain';
import type { DeepPartial } from '../wire/codec';
import { type Answered, toItemResult } from './item-result';
import { oneChunk } from './one-chunk';

/** Requests in flight for one call. The service documents 15 requests a second per user. */
export const defaultConcurrency = 4;

export interface PredictInputsParams<Item, Answer extends Answered = Answered> {
  /** Name of the RPC, for errors. */
  readonly method: string;
  readonly inputs: InputsLike;
  readonly concurrency: number | undefined;
  /** Inputs a request, at most 128. */
  readonly chunkSize: number;
  /** Name of the option that makes more inputs than fit one request an error. */
  readonly singleChunk?: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly send: (
    inputs: readonly DeepPartial<Input>[],
    request: { readonly requestBytes: number; readonly signal: AbortSignal | undefined },
  ) => Promise<Answer>;
  /** The items of an answer: one an input, in order. */
  readonly itemsOf: (answer: Answer) => readonly Item[];
}

/**
 * Sends any number of inputs in chunks, several at a time, and yields one outcome an input, in the order of the inputs.
 * The source is read only as far ahead as requests are in flight.
 */
export async function* predictInputs<Item extends Answered, Answer extends Answered>(
  params: PredictInputsParams<Item, Answer>,
): AsyncGenerator<Outcome<Plain<Item>>, void, undefined> {
  assertParams(params);
  const { inputs, concurrency = defaultConcurrency, chunkSize, singleChunk, signal } = params;
  const chunks = chunk(prepareInputs(inputs), {
    maxItems: chunkSize,
    maxBytes: maxRequestBytes,
    targetBytes: defaultChunkBytes,
    sizeOf: (input) => (input.ok ? input.encodedBytes : 0),
    isSolitary: (input) => input.ok && input.isVideo,
  });
  const allowed = singleChunk === undefined ? chunks : onlyChunk(chunks, singleChunk);
  let count = 0;
  const mapper = async (
    part: readonly PreparedInput[],
    { signal: wanted }: MapperContext,
  ): Promise<readonly Outcome<Plain<Item>>[]> => toOutcomes(part, await sendChunk(part, wanted, params));
  for await (const outcomes of mapConcurrent(allowed, mapper, { concurrency, signal })) {
    count += outcomes.length;
    yield* outcomes;
  }
  if (count === 0) throw invalidArgument('inputs', 'at least one input', []);
}

/**
 * All outcomes of `predictInputs`.
 *
 * @param toParams what it throws is what the promise rejects with
 */
export async function predictAllInputs<Item extends Answered, Answer extends Answered>(
  toParams: () => PredictInputsParams<Item, Answer>,
): Promise<Outcome<Plain<Item>>[]> {
  const params = toParams();
  assertParams(params);
  const { inputs, chunkSize, signal } = params;
  throwIfAborted(signal);
  const only = oneChunk(inputs, chunkSize);
  if (only === undefined) return collect(predictInputs(params));
  const results = await sendChunk(only, signal, params);
  // The reason of an abort may be a ClarifaiError, which passes for that of an input.
  throwIfAborted(signal);
  return toOutcomes(only, results);
}

type Inputs = Pick<PredictInputsParams<unknown>, 'inputs' | 'concurrency' | 'chunkSize'>;

function assertParams({ inputs, concurrency, chunkSize }: Inputs): void {
  assertInputs(inputs, 'inputs');
  if (concurrency !== undefined) assertInteger(concurrency, 'concurrency', { min: 1 });
  assertInteger(chunkSize, 'chunkSize', { min: 1, max: maxInputsPerRequest });
}

/** Yields the only chunk, or fails before anything is sent. */
async function* onlyChunk<T>(chunks: AsyncIterable<readonly T[]>, option: string): AsyncGenerator<readonly T[]> {
  let only: readonly T[] | undefined;
  for await (const inputs of chunks) {
    if (only !== undefined) {
      throw invalidRequest(
        `Expected \`inputs\` to fit one request when \`${option}\` is given, got more than ${only.length}`,
      );
    }
    only = inputs;
  }
  if (only !== undefined) yield only;
}

/** One result for each input that can be sent. */
function sendChunk<Item extends Answered, Answer extends Answered>(
  inputs: readonly PreparedInput[],
  signal: AbortSignal | undefined,
  { method, send, itemsOf, singleChunk }: PredictInputsParams<Item, Answer>,
): Promise<readonly ItemResult<Plain<Item>>[]> {
  const sendable = inputs.every(isSendable) ? inputs : inputs.filter(isSendable);
  // A request that moves a state on may be sent once only.
  const divisible = singleChunk === undefined;
  return bisect(sendable, {
    divisible,
    send: (part) => {
      const requestBytes = part.reduce((sum, input) => sum + input.encodedBytes, 0);
      return send(
        part.map((input) => input.message),
        { requestBytes, signal },
      );
    },
    read: (answer, part) => {
      // Some models fail every input of a request for the sake of one (facts: "no partial predicts").
      if (part.length > 1 && divisible && hasFailed(answer)) return 'split';
      const items = itemsOf(answer);
      if (items.length !== part.length) throw answersMissing(method, part.length, items.length);
      return items.map((item) => toItemResult(item, answer, method));
    },
  });
}

function hasFailed({ status }: Answered): boolean {
  return !isSuccess(status) && status?.code === StatusCode.FAILURE;
}

function toOutcomes<T>(inputs: readonly PreparedInput[], results: readonly ItemResult<T>[]): Outcome<T>[] {
  let next = 0;
  return inputs.map((input) => {
    const { index, id } = input;
    if (!input.ok) return { index, id, ok: false, error: input.error };
    const result = results[next++] as ItemResult<T>;
    return result.ok ? { index, id, ok: true, value: result.value } : { index, id, ok: false, error: result.error };
  });
}

type SendableInput = PreparedInput & { readonly ok: true };

function isSendable(input: PreparedInput): input is SendableInput {
  return input.ok;
}
