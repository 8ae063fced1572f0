import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Principal } from './auth';

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** So many requests a second, per user, and as many at once after a pause: a token bucket. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** @throws Refusal with CONN_THROTTLED for a request too many; it does not count against the user */
  take(principal: Principal, nowMs: number): void {
    const bucket = this.#bucketOf('userId' in principal ? principal.userId : '', nowMs);
    const gained = ((nowMs - bucket.filledAt) / 1000) * this.#perSecond;
    bucket.tokens = Math.min(this.#perSecond, bucket.tokens + gained);
    bucket.filledAt = nowMs;
    if (bucket.tokens < 1)
      throw refuse(StatusCode.CONN_THROTTLED, `exceeded limit of ${this.#perSecond} requests per second`);
    bucket.tokens -= 1;
  }

  clear(): void {
    this.#buckets.clear();
  }

  #bucketOf(userId: string, nowMs: number): Bucket {
    const known = this.#buckets.get(userId);
    if (known !== undefined) return known;
    const bucket = { tokens: this.#perSecond, filledAt: nowMs };
    this.#buckets.set(userId, bucket);
    return bucket;
  }
}
