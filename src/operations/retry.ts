import type { ClarifaiError } from '../base/errors';
import type { ResolvedRetryOptions } from '../options/resolve-call-options';
import { backoffMs } from './backoff';
import type { RetryBudget } from './retry-budget';

export interface RetryParams {
  readonly options: ResolvedRetryOptions | null;
  readonly budget: RetryBudget;
  readonly random: () => number;
  /** Whether the request may be sent again although the service may have acted on it; asked after a failure. */
  readonly isIdempotent: () => boolean;
}

/** Decides after each failed attempt of one call whether, and when, there is another. */
export class Retry {
  readonly #params: RetryParams;
  #tries = 0;
  #notReadyTries = 0;
  #notReadySinceMs: number | undefined;
  #price: number | undefined;

  constructor(params: RetryParams) {
    this.#params = params;
  }

  /**
   * Milliseconds to wait before the next attempt; `undefined` when there is none, or no time for it: then the call fails at
   * once, of its last failure. Asks nothing but the error's category.
   */
  delayMs(error: ClarifaiError, nowMs: number, remainingMs: number): number | undefined {
    const { options } = this.#params;
    if (options === null) return undefined;
    switch (error.category) {
      case 'notReady':
        return this.#notReadyDelayMs(error, options, nowMs, remainingMs);
      case 'transient':
      case 'throttled':
        return this.#countedDelayMs(error, error.category, options, remainingMs);
      case 'rejected':
      case 'auth':
      case 'fatal':
        return undefined;
    }
  }

  succeeded(): void {
    this.#params.budget.refund(this.#price);
  }

  #countedDelayMs(
    error: ClarifaiError,
    category: 'transient' | 'throttled',
    options: ResolvedRetryOptions,
    remainingMs: number,
  ): number | undefined {
    this.#tries += 1;
    if (this.#tries >= options.maxAttempts || !this.#maySendAgain(error)) return undefined;
    const baseDelayMs = category === 'transient' ? options.baseDelayMs : options.throttledDelayMs;
    const delayMs = this.#backoffMs(error, this.#tries, options, baseDelayMs);
    if (delayMs >= remainingMs) return undefined;
    const price = this.#params.budget.spend(category);
    if (price === undefined) return undefined;
    this.#price = price;
    return delayMs;
  }

  /** A model that is being loaded is no failure: its waits have their own limit and cost nothing. */
  #notReadyDelayMs(
    error: ClarifaiError,
    options: ResolvedRetryOptions,
    nowMs: number,
    remainingMs: number,
  ): number | undefined {
    this.#notReadySinceMs ??= nowMs;
    this.#notReadyTries += 1;
    const leftMs = this.#notReadySinceMs + options.notReadyMs - nowMs;
    if (leftMs <= 0 || !this.#maySendAgain(error)) return undefined;
    const delayMs = this.#backoffMs(error, this.#notReadyTries, options, options.throttledDelayMs);
    // The last wait ends with the limit, so that a model that is ready just then is not missed.
    const within = Math.min(delayMs, leftMs);
    return within < remainingMs ? within : undefined;
  }

  #maySendAgain(error: ClarifaiError): boolean {
    return error.notProcessed === true || this.#params.isIdempotent();
  }

  #backoffMs(error: ClarifaiError, retry: number, { maxDelayMs }: ResolvedRetryOptions, baseDelayMs: number): number {
    return backoffMs({ retry, baseDelayMs, maxDelayMs, retryAfterMs: error.retryAfterMs }, this.#params.random);
  }
}
