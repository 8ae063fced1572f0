import type { Clock, Timer } from '../base/clock';
import { TokenBucket } from './token-bucket';

/** Requests in flight at the start, and the most there ever are. */
const firstLimit = 4;
const mostInFlight = 64;

/** Bytes in flight at the start: four chunks of 16 MiB. One request is allowed whatever its size. */
const firstByteLimit: number = 64 * 1024 * 1024;

/** What is left of a limit after a round of requests in which one failed (Clarifai asks for no figure; TCP Cubic's). */
const decrease = 0.7;

/** Why a request failed, as far as the pace is concerned. */
export interface Setback {
  /** Milliseconds to wait after so many rounds that failed in a row, from 1. */
  readonly delayMs: (round: number) => number;
}

/** Leave to send one request. Exactly one of the three endings is to be called, once. */
export interface Permit {
  /** Says how large the request is, once it is packed. */
  weigh(bytes: number): void;
  succeeded(): void;
  /** The service was out of reach or asked to slow down. */
  failed(setback: Setback): void;
  /** Nothing was sent, or the failure says nothing about the pace. */
  cancel(): void;
}

/**
 * Decides when requests may be sent: not more a second than the service allows, and as many at once as it bears. What it
 * bears is found out by trying ("additive increase, multiplicative decrease"): a round of requests without a failure
 * allows one more, one with a failure takes three tenths away. After a failure all wait, longer from round to round, and
 * then one request tries for all, so that a service that is down is neither stormed nor given up.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;
  readonly #waiters: ((permit: Permit) => void)[] = [];
  #limit = firstLimit;
  #byteLimit = firstByteLimit;
  #inFlight = 0;
  #bytesInFlight = 0;
  /** Requests begun; each has its number. */
  #begun = 0;
  /** Requests begun by the time of the last failure that counted: later failures of those belong to the same round. */
  #roundEnd = 0;
  #failedRounds = 0;
  /** Requests in flight that were begun after the last failed round. */
  #probes = 0;
  #pausedUntil = 0;
  /** Whether a limit was reached since it was last changed: one that is not is not worth raising. */
  #reached = false;
  /** Successes since then. */
  #successes = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, requestsPerSecond: number | null) {
    this.#clock = clock;
    this.#bucket = new TokenBucket(clock, requestsPerSecond);
  }

  /** Requests that may be in flight at present. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  get isIdle(): boolean {
    return this.#inFlight === 0 && this.#waiters.length === 0;
  }

  /** Changes the published limit for everyone who shares this limiter; `null` for none. */
  setRate(requestsPerSecond: number | null): void {
    this.#bucket.setRate(requestsPerSecond);
    this.#grant();
  }

  /** Resolves, first come, first served, when a request may be sent; rejects with the signal's reason. */
  acquire(signal: AbortSignal): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const waiter = (permit: Permit): void => {
        signal.removeEventListener('abort', onAbort);
        resolve(permit);
      };
      const onAbort = (): void => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        this.#grant();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.push(waiter);
      this.#grant();
    });
  }

  #grant(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    while (this.#waiters.length > 0 && this.#hasRoom()) {
      const waitMs = Math.max(this.#pausedUntil - this.#clock.now(), this.#bucket.waitMs());
      if (waitMs > 0) {
        this.#timer = this.#clock.setTimer(() => this.#grant(), waitMs);
        return;
      }
      this.#bucket.take();
      this.#waiters.shift()?.(this.#permit());
    }
  }

  #hasRoom(): boolean {
    if (this.#failedRounds > 0) return this.#probes === 0;
    const isFull = this.#inFlight >= this.limit || (this.#inFlight > 0 && this.#bytesInFlight >= this.#byteLimit);
    if (isFull) this.#reached = true;
    return !isFull;
  }

  #permit(): Permit {
    const number = ++this.#begun;
    const isProbe = (): boolean => number > this.#roundEnd;
    let bytes = 0;
    this.#inFlight += 1;
    this.#probes += 1;
    const end = (then: () => void): void => {
      this.#inFlight -= 1;
      this.#bytesInFlight -= bytes;
      if (isProbe()) this.#probes -= 1;
      then();
      this.#grant();
    };
    return {
      weigh: (ownBytes) => {
        bytes = ownBytes;
        this.#bytesInFlight += ownBytes;
      },
      succeeded: () => end(() => this.#speedUp(bytes)),
      failed: (setback) => end(() => isProbe() && this.#slowDown(setback)),
      cancel: () => end(() => undefined),
    };
  }

  #speedUp(bytes: number): void {
    this.#failedRounds = 0;
    if (!this.#reached || ++this.#successes < this.limit) return;
    this.#reached = false;
    this.#successes = 0;
    this.#limit = Math.min(mostInFlight, this.#limit + 1);
    this.#byteLimit += bytes;
  }

  #slowDown({ delayMs }: Setback): void {
    this.#failedRounds += 1;
    this.#roundEnd = this.#begun;
    this.#probes = 0;
    this.#reached = false;
    this.#successes = 0;
    this.#limit = Math.max(1, this.#limit * decrease);
    this.#byteLimit = Math.max(1, this.#byteLimit * decrease);
    this.#pausedUntil = this.#clock.now() + delayMs(this.#failedRounds);
  }
}
