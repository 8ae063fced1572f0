import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Principal } from './auth';

const windowMs = 1000;

/** So many requests in any second, per user, as the service has it. */
export class RateLimit {
  readonly #perSecond: number;
  /** When each user's last requests were let in, oldest first. */
  readonly #admitted = new Map<string, number[]>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** @throws Refusal with CONN_THROTTLED for a request too many; it does not count against the user */
  take(principal: Principal, nowMs: number): void {
    const userId = 'userId' in principal ? principal.userId : '';
    const recent = (this.#admitted.get(userId) ?? []).filter((timeMs) => nowMs - timeMs < windowMs);
    this.#admitted.set(userId, recent);
    if (recent.length >= this.#perSecond)
      throw refuse(StatusCode.CONN_THROTTLED, `exceeded limit of ${this.#perSecond} requests per second`);
    recent.push(nowMs);
  }

  clear(): void {
    this.#admitted.clear();
  }
}
