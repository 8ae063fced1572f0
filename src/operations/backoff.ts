/** How far above its own wait a client follows the service's wish (AWS SDK "standard" mode, 2026). */
const mostExtraMs = 5000;

export interface BackoffParams {
  /** Counts from 1. */
  readonly retry: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** How long the service asked to wait. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * Milliseconds before the next attempt: random between 0 and an exponentially growing ceiling ("full jitter"), so that
 * clients which failed together do not come back together. A wish of the service counts within 5 seconds above that.
 */
export function backoffMs(
  { retry, baseDelayMs, maxDelayMs, retryAfterMs }: BackoffParams,
  random: () => number,
): number {
  // Past 2^40 the longest wait holds whatever the base; past 2^1023 the product with 0 would be NaN.
  const own = random() * Math.min(baseDelayMs * 2 ** Math.min(retry - 1, 40), maxDelayMs);
  return retryAfterMs === undefined ? own : Math.min(Math.max(retryAfterMs, own), own + mostExtraMs);
}
