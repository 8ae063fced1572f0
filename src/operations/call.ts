import { AsyncResource } from 'node:async_hooks';
import { linkAbort, type LinkedAbort, sleep, throwIfAborted } from '../base/abort';
import type { Clock } from '../base/clock';
import type { FailedAttempt } from '../base/error-fields';
import { ClarifaiError } from '../base/errors';
import { callEnd, callStart, retry as retryChannel } from '../diagnostics/channels';
import type { CallMessage, ClientIdentity } from '../diagnostics/messages';
import type { ResolvedCallOptions } from '../options/resolve-call-options';
import type { RpcOptions } from '../options/rpc-options';
import { attemptTimeout } from './attempt-timeout';
import type { Retry } from './retry';
import { withAttempts } from './with-attempts';

/** One call in progress: its time, and the attempts that failed. */
export class Call {
  readonly #method: string;
  readonly #options: ResolvedCallOptions;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #failed: FailedAttempt[] = [];
  readonly #client: ClientIdentity;
  #attempt = 0;
  #attemptStartedAt = 0;
  #wait: LinkedAbort | undefined;
  /** There is one when somebody listened at the start. */
  #message: CallMessage | undefined;
  /** The stores that subscribers bound to the start. */
  #context: AsyncResource | undefined;

  constructor(client: ClientIdentity, method: string, options: ResolvedCallOptions, clock: Clock) {
    this.#method = method;
    this.#options = options;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#client = client;
  }

  /** Starts an attempt and returns its number. */
  begin(): number {
    this.#attemptStartedAt = this.#clock.now();
    this.#attempt += 1;
    return this.#attempt;
  }

  /** For an attempt that begins now, when the call has so much time left. */
  rpcOptions(requestBytes: number | undefined, remainingMs: number): RpcOptions {
    const { signal, metadata, attemptTimeoutMs, onHeader, onTrailer } = this.#options;
    const timeoutMs = attemptTimeout({ attemptTimeoutMs, requestBytes, remainingMs });
    return { signal, metadata, timeoutMs, onHeader, onTrailer };
  }

  /** Waits for the next attempt, or throws what the call fails with. */
  async waitOrThrow(error: unknown, retry: Retry): Promise<void> {
    const { signal } = this.#options;
    throwIfAborted(signal);
    if (!(error instanceof ClarifaiError)) throw error;
    const now = this.#clock.now();
    this.#failed.push(toFailedAttempt(error, this.#attempt, now - this.#attemptStartedAt));
    const delayMs = retry.delayMs(error, now, this.remainingMs);
    if (delayMs === undefined) throw withAttempts(error, this.#failed, now - this.#startedAt);
    if (retryChannel.hasSubscribers) {
      const message = { client: this.#client, method: this.#method, attempt: this.#attempt, delayMs, error };
      this.run(() => retryChannel.publish(message));
    }
    this.#wait = linkAbort(signal);
    try {
      await sleep(delayMs, this.#clock, this.#wait.signal);
    } finally {
      this.#wait.unlink();
    }
  }

  /** Ends the wait between two attempts; an attempt is ended by who makes it. */
  abort(error: Error): void {
    this.#wait?.abort(error);
  }

  /** Tells subscribers that the call starts. */
  start(): void {
    if (!callStart.hasSubscribers && !callEnd.hasSubscribers) return;
    const message: CallMessage = { client: this.#client, method: this.#method, attempts: 0 };
    this.#message = message;
    this.#context = callStart.runStores(message, () => new AsyncResource('ClarifaiCall'));
  }

  /** Runs a part of the call, such as an attempt, within the stores that subscribers bound to its start. */
  run<Result>(part: () => Result): Result {
    return this.#context === undefined ? part() : this.#context.runInAsyncScope(part);
  }

  /** Tells subscribers how the call ended; without having failed or succeeded, it was given up. */
  end(): void {
    const message = this.#message;
    if (message === undefined) return;
    message.ending ??= 'aborted';
    message.attempts = this.#attempt;
    message.durationMs = this.#clock.now() - this.#startedAt;
    callEnd.publish(message);
  }

  succeeded(): void {
    if (this.#message !== undefined) this.#message.ending = 'ok';
  }

  failed(error: unknown): void {
    if (this.#message === undefined) return;
    this.#message.ending = this.#options.signal?.aborted === true ? 'aborted' : 'failed';
    this.#message.error = error;
  }

  /** `Infinity` for a call without end. */
  get remainingMs(): number {
    const { timeoutMs } = this.#options;
    return timeoutMs === null ? Infinity : this.#startedAt + timeoutMs - this.#clock.now();
  }
}

function toFailedAttempt(error: ClarifaiError, attempt: number, durationMs: number): FailedAttempt {
  const { code, grpcCode, statusCode, requestId } = error;
  return {
    attempt,
    code,
    ...(grpcCode === undefined ? {} : { grpcCode }),
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(requestId === undefined ? {} : { requestId }),
    durationMs,
  };
}
