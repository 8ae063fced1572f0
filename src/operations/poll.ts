import { sleep, throwIfAborted } from '../base/abort';
import { assertDurationMs, assertFunction, assertSignal } from '../base/assert';
import { type Clock, systemClock } from '../base/clock';
import { DeadlineExceededError } from '../base/errors';
import { backoffMs } from './backoff';

export interface PollOptions<State> {
  /** Asks for the state once. */
  readonly ask: (signal: AbortSignal | undefined) => Promise<State>;
  /** Whether this is the state that was waited for. */
  readonly isDone: (state: State) => boolean;
  /** A word for the state, to count and for the error, such as the name of a status code. */
  readonly nameOf: (state: State) => string;
  /** What is waited for, for the error. */
  readonly what: string;
  /** Milliseconds in all; `null` without end. */
  readonly timeoutMs: number | null;
  /** Base of the growing wait between two questions, in milliseconds. @default 500 */
  readonly baseDelayMs?: number | undefined;
  /** Longest wait between two questions, in milliseconds. @default 10000 */
  readonly maxDelayMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
  /** Between 0 and 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/**
 * Asks until something is done, ever more slowly, and resolves with its state.
 *
 * @throws DeadlineExceededError that counts the states it saw
 */
export async function poll<State>(options: PollOptions<State>): Promise<State> {
  const { ask, isDone, nameOf, what, timeoutMs, signal, clock = systemClock, random = Math.random } = options;
  const { baseDelayMs = 500, maxDelayMs = 10_000 } = options;
  assertFunction(ask, 'ask');
  if (timeoutMs !== null) assertDurationMs(timeoutMs, 'timeoutMs', 1);
  if (signal !== undefined) assertSignal(signal, 'signal');
  const endsAt = timeoutMs === null ? Infinity : clock.now() + timeoutMs;
  const seen = new Map<string, number>();
  for (let question = 1; ; question++) {
    throwIfAborted(signal);
    const state = await ask(signal);
    if (isDone(state)) return state;
    const name = nameOf(state);
    seen.set(name, (seen.get(name) ?? 0) + 1);
    const remainingMs = endsAt - clock.now();
    if (remainingMs <= 0) throw tooLate(what, timeoutMs, seen);
    // Half of the wait is fixed: a question at once after the last one learns nothing.
    const delayMs = backoffMs({ retry: question, baseDelayMs, maxDelayMs }, () => 0.5 + random() / 2);
    await sleep(Math.min(delayMs, remainingMs), clock, signal);
  }
}

function tooLate(what: string, timeoutMs: number | null, seen: ReadonlyMap<string, number>): DeadlineExceededError {
  const counts = [...seen].map(([name, count]) => `${count}x ${name}`).join(', ');
  return new DeadlineExceededError(`Waited ${timeoutMs} ms for ${what}, and saw ${counts}`, {
    code: 'POLL_TIMEOUT',
    source: 'client',
    category: 'transient',
  });
}
