import type { Clock } from '../base/clock';

/** Seconds' worth of requests that may be sent at once. Less than one, so that jitter on the way does not overrun the service's own count. */
const burstSeconds = 2 / 3;

/** Requests a second, on average and with a small burst. */
export class TokenBucket {
  readonly #clock: Clock;
  #perSecond: number | null;
  #tokens: number;
  #filledAt: number;

  /** @param perSecond `null` for no limit */
  constructor(clock: Clock, perSecond: number | null) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#tokens = this.#capacity;
    this.#filledAt = clock.now();
  }

  setRate(perSecond: number | null): void {
    this.#fill();
    this.#perSecond = perSecond;
    this.#tokens = Math.min(this.#tokens, this.#capacity);
  }

  /** Milliseconds until there is a token. */
  waitMs(): number {
    this.#fill();
    if (this.#perSecond === null || this.#tokens >= 1) return 0;
    // Rounded up, so that a timer that fires on time finds its token.
    return Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000);
  }

  take(): void {
    if (this.#perSecond !== null) this.#tokens -= 1;
  }

  get #capacity(): number {
    return Math.max(1, (this.#perSecond ?? 0) * burstSeconds);
  }

  #fill(): void {
    const now = this.#clock.now();
    const elapsedMs = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    if (this.#perSecond === null) return;
    this.#tokens = Math.min(this.#capacity, this.#tokens + (elapsedMs / 1000) * this.#perSecond);
  }
}
