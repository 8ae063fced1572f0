/** When and how often a failed attempt is tried again. Figures: AWS SDK "standard" mode, 2026. */
export interface RetryOptions {
  /**
   * Attempts in all, counting the first; 1 means no retry.
   * @default 3
   */
  readonly maxAttempts?: number | undefined;
  /**
   * Base of the exponential backoff after a transient failure, in milliseconds; the wait is random between 0 and
   * `min(base * 2^(attempt - 1), maxDelayMs)`.
   * @default 50
   */
  readonly baseDelayMs?: number | undefined;
  /**
   * The same base after the service asked to slow down.
   * @default 1000
   */
  readonly throttledDelayMs?: number | undefined;
  /**
   * Longest single wait, in milliseconds.
   * @default 20000
   */
  readonly maxDelayMs?: number | undefined;
  /**
   * How long to wait in all for a model that is being deployed or loaded (status 21351, 21354, 21355), in milliseconds;
   * `null` fails at once.
   * @default 120000
   */
  readonly notReadyMs?: number | null | undefined;
}
