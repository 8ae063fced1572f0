import { linkAbort, type LinkedAbort, sleep, throwIfAborted } from '../base/abort';
import { assertFunction, assertInteger } from '../base/assert';
import { type Clock, systemClock } from '../base/clock';
import type { FailedAttempt } from '../base/error-fields';
import { ClarifaiError } from '../base/errors';
import { callEnd, callStart, retry as retryChannel } from '../diagnostics/channels';
import type { CallMessage } from '../diagnostics/messages';
import { defaultCallOptions, resolveCallOptions, type ResolvedCallOptions } from '../options/resolve-call-options';
import type { ReceivedMetadata } from '../base/received-metadata';
import { attemptTimeout } from './attempt-timeout';
import { isIdempotent } from './idempotency';
import type { Attempt, Invoke, InvokeOptions, Lifetime } from './invoker';
import { Retry } from './retry';
import { RetryBudget } from './retry-budget';
import { unwrap } from './unwrap';
import { withAttempts } from './with-attempts';

export interface InvokeDependencies {
  readonly attempt: Attempt;
  /** @default without end */
  readonly lifetime?: Lifetime | undefined;
  /** HTTP verb of an RPC, in lower case; asked only after a failure. */
  readonly verbOf: (method: string) => string;
  /** @default defaultCallOptions */
  readonly defaults?: ResolvedCallOptions | undefined;
  /** Shared by the calls of one client. @default a new one */
  readonly budget?: RetryBudget | undefined;
  readonly clock?: Clock | undefined;
  /** Between 0 and 1. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Takes the caller's own credential out of what the service says. */
  readonly redact?: ((text: string) => string) | undefined;
}

const invokeOptionNames = [
  'requestBytes',
  'idempotent',
  'partial',
  'onAttempt',
] satisfies readonly (keyof InvokeOptions)[];

/** Builds the loop above the stub: deadline, attempts, waits, and the look at the status in the body. */
export function createInvoke(dependencies: InvokeDependencies): Invoke {
  const { attempt, lifetime, verbOf, defaults = defaultCallOptions, budget = new RetryBudget() } = dependencies;
  const { clock = systemClock, random = Math.random, redact } = dependencies;

  return async (method, request, options = {}) => {
    const resolved = resolveCallOptions(defaults, options, { alsoKnown: invokeOptionNames });
    const { requestBytes, idempotent, partial, onAttempt } = options;
    if (requestBytes !== undefined) assertInteger(requestBytes, 'requestBytes', { min: 0 });
    if (onAttempt !== undefined) assertFunction(onAttempt, 'onAttempt');
    const call = new Call(method, resolved, clock);
    const retry = new Retry({
      options: resolved.retry,
      budget,
      random,
      isIdempotent: () => idempotent ?? isIdempotent(method, request, verbOf),
    });
    const leave = lifetime?.enter(call);
    return call.observed(leave, async () => {
      for (;;) {
        throwIfAborted(resolved.signal);
        const number = call.begin();
        onAttempt?.(number);
        const received: Record<string, string | Uint8Array> = {};
        try {
          const answer = await attempt(method, request, call.rpcOptions(requestBytes, received), call.remainingMs);
          unwrap(answer, { method, partial, metadata: received, redact, clock });
          retry.succeeded();
          return answer;
        } catch (error) {
          await call.waitOrThrow(error, retry);
        }
      }
    });
  };
}

/** One call in progress: its time, and the attempts that failed. */
class Call {
  readonly #method: string;
  readonly #options: ResolvedCallOptions;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #failed: FailedAttempt[] = [];
  #attempt = 0;
  #attemptStartedAt = 0;
  #wait: LinkedAbort | undefined;

  constructor(method: string, options: ResolvedCallOptions, clock: Clock) {
    this.#method = method;
    this.#options = options;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** Starts an attempt and returns its number. */
  begin(): number {
    this.#attemptStartedAt = this.#clock.now();
    this.#attempt += 1;
    return this.#attempt;
  }

  rpcOptions(requestBytes: number | undefined, received: Record<string, string | Uint8Array>): Parameters<Attempt>[2] {
    const { signal, metadata, attemptTimeoutMs, onHeader, onTrailer } = this.#options;
    const timeoutMs = attemptTimeout({ attemptTimeoutMs, requestBytes, remainingMs: this.remainingMs });
    // A failure in the body of an answer may come with a wish for a wait in the metadata.
    const keep = (own: ((metadata: ReceivedMetadata) => void) | undefined) => (got: ReceivedMetadata) => {
      Object.assign(received, got);
      own?.(got);
    };
    return { signal, metadata, timeoutMs, onHeader: keep(onHeader), onTrailer: keep(onTrailer) };
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
      retryChannel.publish({ method: this.#method, attempt: this.#attempt, delayMs, error });
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

  /** Runs the call, lets it out, and tells subscribers of its start and end. */
  async observed<T>(leave: (() => void) | undefined, run: () => Promise<T>): Promise<T> {
    const message: CallMessage = { method: this.#method, attempts: 0 };
    if (callStart.hasSubscribers) callStart.publish(message);
    try {
      const answer = await run();
      message.ending = 'ok';
      return answer;
    } catch (error) {
      message.ending = this.#options.signal?.aborted === true ? 'aborted' : 'failed';
      message.error = error;
      throw error;
    } finally {
      leave?.();
      message.attempts = this.#attempt;
      message.durationMs = this.#clock.now() - this.#startedAt;
      if (callEnd.hasSubscribers) callEnd.publish(message);
    }
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
