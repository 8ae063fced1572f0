import type { ClarifaiError } from '../base/errors';
import { backoffMs } from '../operations/backoff';
import type { IngestRetry } from './ingest-options';
import { isHourlyLimit } from './remedy';

/**
 * Milliseconds before the next attempt. For a run the service's own wish counts in full, up to the longest wait.
 *
 * @param round how many attempts in a row have failed
 */
export function retryDelayMs(error: ClarifaiError, round: number, retry: IngestRetry, random: () => number): number {
  const { baseDelayMs, throttledDelayMs, maxDelayMs } = retry;
  const ownBaseMs = error.category === 'transient' ? baseDelayMs : throttledDelayMs;
  const own = backoffMs({ retry: round, maxDelayMs, baseDelayMs: ownBaseMs }, random);
  // The limit that is counted by the hour is not worth a question every few seconds.
  const wish = isHourlyLimit(error) ? maxDelayMs : (error.retryAfterMs ?? 0);
  return Math.max(own, Math.min(wish, maxDelayMs));
}
