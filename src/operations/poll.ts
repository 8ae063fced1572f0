import { sleep, throwIfAborted } from '../base/abort';
import { assertDurationMs, assertFunction, assertObject } from '../base/assert';
import type { Clock } from '../base/clock';
import { DeadlineExceededError } from '../base/errors';
import type { CallOptions } from '../options/call-options';

/** How long, and how often, something is looked at until it is done. */
export interface WaitOptions extends Omit<CallOptions, 'timeoutMs'> {
  /**
   * Milliseconds to wait in all; `null` waits for ever.
   * @default 600000 (10 min)
   */
  readonly timeoutMs?: number | null | undefined;
  /**
   * Milliseconds between the first look and the second; each further pause is half as long again, up to `maxPollMs`.
   * @default 500
   */
  readonly pollMs?: number | undefined;
  /** @default 10000 */
  readonly maxPollMs?: number | undefined;
  /** Told what each look saw, such as `MODEL_TRAINING` or the counts of inputs by status. */
  readonly onPoll?: ((seen: string) => void) | undefined;
}

/** What one look saw. */
export type Look<T> = { readonly done: true; readonly value: T } | { readonly done: false; readonly seen: string };

const growth = 1.5;

/**
 * Looks again and again, with growing pauses, until it is done.
 *
 * @param what is waited for, such as `model m1 to be trained`, for the error
 * @throws DeadlineExceededError with the code `WAIT_TIMEOUT`, saying what the last look saw
 */
export async function poll<T>(
  what: string,
  look: (call: CallOptions) => Promise<Look<T>>,
  options: WaitOptions,
  clock: Clock,
): Promise<T> {
  assertObject(options, 'options', undefined, { hideValue: true });
  const { timeoutMs = 600_000, pollMs = 500, maxPollMs = 10_000, onPoll, ...call } = options;
  if (timeoutMs !== null) assertDurationMs(timeoutMs, 'timeoutMs', 1);
  assertDurationMs(pollMs, 'pollMs', 1);
  assertDurationMs(maxPollMs, 'maxPollMs', 1);
  if (onPoll !== undefined) assertFunction(onPoll, 'onPoll');
  const endsAt = timeoutMs === null ? Infinity : clock.now() + timeoutMs;
  let seen = 'nothing';
  for (let pauseMs = pollMs; ; pauseMs = Math.min(pauseMs * growth, maxPollMs)) {
    throwIfAborted(call.signal);
    const leftMs = endsAt - clock.now();
    const result = await look({ ...call, ...(leftMs < Infinity && { timeoutMs: Math.max(1, leftMs) }) }).catch(
      (error: unknown) => {
        const isLate = error instanceof DeadlineExceededError && clock.now() >= endsAt;
        throw isLate ? tooLate(what, timeoutMs, seen, error) : error;
      },
    );
    if (result.done) return result.value;
    ({ seen } = result);
    onPoll?.(seen);
    const stillLeftMs = endsAt - clock.now();
    if (stillLeftMs <= 0) throw tooLate(what, timeoutMs, seen);
    await sleep(Math.min(pauseMs, stillLeftMs), clock, call.signal);
  }
}

function tooLate(what: string, timeoutMs: number | null, seen: string, cause?: unknown): DeadlineExceededError {
  return new DeadlineExceededError(`Waited ${timeoutMs} ms for ${what}; last seen: ${seen}`, {
    code: 'WAIT_TIMEOUT',
    source: 'client',
    category: 'transient',
    cause,
  });
}
