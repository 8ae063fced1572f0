import type { Data, Input } from '../../generated/proto/clarifai/api/resources';
import { assertFunction, assertObject, invalidArgument } from '../base/assert';
import type { JsonValue } from '../inputs/json';
import type { Plain } from '../operations/to-plain';
import type { DeepPartial } from '../wire/codec';

/** An input that a runner is asked about. */
export interface RunnerInput extends Plain<Input> {}

/** What a runner answers about an input: the fields of its data that matter, such as `{ text: { raw: 'a train' } }`. */
export type RunnerAnswer = DeepPartial<Data>;

/** What a handler knows beyond its input. */
export interface RunnerCall {
  /** The model that is asked for. */
  readonly modelId: string;
  /** Parameters that the caller gave, such as `{ temperature: 0.2 }`. */
  readonly params: { readonly [key: string]: JsonValue };
  /** Aborted when nobody waits for the answer any longer. */
  readonly signal: AbortSignal;
}

/** How a runner answers, by the ways in which models are asked; what it throws becomes RUNNER_PROCESSING_FAILED. */
export interface RunnerHandlers {
  /** One answer to one input. */
  readonly predict?: ((input: RunnerInput, call: RunnerCall) => RunnerAnswer | Promise<RunnerAnswer>) | undefined;
  /** Answers to one input, bit by bit. */
  readonly generate?:
    ((input: RunnerInput, call: RunnerCall) => Iterable<RunnerAnswer> | AsyncIterable<RunnerAnswer>) | undefined;
  /** Answers to inputs that come one by one. */
  readonly stream?:
    | ((inputs: AsyncIterable<RunnerInput>, call: RunnerCall) => Iterable<RunnerAnswer> | AsyncIterable<RunnerAnswer>)
    | undefined;
}

const names = ['predict', 'generate', 'stream'] as const satisfies readonly (keyof RunnerHandlers)[];

/** @throws InvalidRequestError for handlers that are none */
export function assertRunnerHandlers(handlers: RunnerHandlers): void {
  assertObject(handlers, 'handlers', names);
  const given = names.filter((name) => handlers[name] !== undefined);
  for (const name of given) assertFunction(handlers[name], `handlers.${name}`);
  if (given.length === 0) throw invalidArgument('handlers', 'one or more of predict, generate and stream', handlers);
}
