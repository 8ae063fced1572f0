import { assertFunction, assertInteger, assertObject, assertOneOf, assertSignal, assertString } from '../base/assert';
import { randomId } from '../base/ids';

/** How a runner works. */
export interface RunnerSessionOptions {
  /** Handlers at work at a time: inputs, and items whose answers come bit by bit. @default 4 */
  readonly concurrency?: number | undefined;
  /**
   * How work comes in: over one stream, which is opened again when it breaks, or by polls, for networks that end long calls.
   * Inputs that come one by one need the stream.
   * @default 'stream'
   */
  readonly mode?: 'stream' | 'poll' | undefined;
  /** Tells this process from others that are the same runner. @default a random one */
  readonly replicaId?: string | undefined;
  /** Ends the session as `close({ behaviour: 'abort' })` does. */
  readonly signal?: AbortSignal | undefined;
  /** Told of what the session gets over by itself: a lost connection, or outputs that could not be delivered. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface ResolvedSessionOptions {
  readonly concurrency: number;
  readonly mode: 'stream' | 'poll';
  readonly replicaId: string;
  readonly signal: AbortSignal | undefined;
  readonly onError: (error: unknown) => void;
}

const names: readonly (keyof RunnerSessionOptions)[] = ['concurrency', 'mode', 'replicaId', 'signal', 'onError'];

/** @throws InvalidRequestError for an option that is wrong, naming it and its value */
export function resolveSessionOptions(options: RunnerSessionOptions): ResolvedSessionOptions {
  assertObject(options, 'options', names);
  const { concurrency = 4, mode = 'stream', replicaId = randomId(), signal, onError = () => undefined } = options;
  assertInteger(concurrency, 'concurrency', { min: 1 });
  assertOneOf(mode, 'mode', ['stream', 'poll']);
  assertString(replicaId, 'replicaId', { nonEmpty: true });
  if (signal !== undefined) assertSignal(signal, 'signal');
  assertFunction(onError, 'onError');
  return { concurrency, mode, replicaId, signal, onError };
}
