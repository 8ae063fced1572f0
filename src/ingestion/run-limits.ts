import type { Clock } from '../base/clock';
import { DeadlineExceededError } from '../base/errors';

export interface RunLimits {
  readonly signal: AbortSignal | undefined;
  /** `null` for a run without end. */
  readonly timeoutMs: number | null;
  readonly clock: Clock;
}

/**
 * Calls `end` with the reason when the signal aborts, or has, or the time is over.
 *
 * @returns ends watching
 */
export function watchLimits({ signal, timeoutMs, clock }: RunLimits, end: (reason: unknown) => void): () => void {
  const onAbort = (): void => end(signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort);
  const timer = timeoutMs === null ? undefined : clock.setTimer(() => end(timedOut(timeoutMs)), timeoutMs);
  return () => {
    timer?.cancel();
    signal?.removeEventListener('abort', onAbort);
  };
}

function timedOut(timeoutMs: number): DeadlineExceededError {
  return new DeadlineExceededError(`The run did not end within ${timeoutMs} ms`, {
    code: 'RUN_TIMEOUT',
    source: 'client',
    category: 'transient',
  });
}
