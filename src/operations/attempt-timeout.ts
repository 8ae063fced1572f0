/** What an attempt gets before its bytes are counted, in milliseconds: the slowest answers take half a minute. */
const attemptBaseMs = 30_000;

/** Upload speed to be expected at least: one connection with a 64 KiB window and 60 ms of round trip does 0.6 MB/s. */
const slowestBytesPerMs = 500;

export interface AttemptTimeoutParams {
  /** `undefined` goes by the size, `null` takes all that remains. */
  readonly attemptTimeoutMs: number | null | undefined;
  readonly requestBytes: number | undefined;
  /** What is left of the call; `Infinity` for a call without end. */
  readonly remainingMs: number;
}

/** Milliseconds for one attempt, never more than the call has left; `undefined` for an attempt without end. */
export function attemptTimeout({
  attemptTimeoutMs,
  requestBytes = 0,
  remainingMs,
}: AttemptTimeoutParams): number | undefined {
  const own =
    attemptTimeoutMs === null ? Infinity : (attemptTimeoutMs ?? attemptBaseMs + requestBytes / slowestBytesPerMs);
  const timeoutMs = Math.min(own, remainingMs);
  return timeoutMs === Infinity ? undefined : Math.max(0, timeoutMs);
}
