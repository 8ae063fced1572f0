import type { ResponseOf } from '../../generated/methods';
import { type LinkedAbort, linkAbort, throwIfAborted } from '../base/abort';
import { assertDurationMs } from '../base/assert';
import { type Clock, systemClock } from '../base/clock';
import { DeadlineExceededError } from '../base/errors';
import { unknownClient } from '../diagnostics/unknown-client';
import { defaultCallOptions, resolveCallOptions } from '../options/resolve-call-options';
import { Call } from './call';
import type { InvokeDependencies } from './invoke';
import type { InvokeStream, InvokeStreamOptions, StreamAttempt, StreamMethodName, StreamRequests } from './invoker';
import { KeptSource } from './kept-source';
import { Retry } from './retry';
import { RetryBudget } from './retry-budget';
import { unwrap } from './unwrap';

/** Milliseconds without an answer after which a stream is given up: first words of large models may take a minute. */
export const defaultIdleTimeoutMs = 120_000;

export interface InvokeStreamDependencies extends Omit<InvokeDependencies, 'attempt' | 'lifetime' | 'verbOf'> {
  readonly attempt: StreamAttempt;
}

/**
 * Builds the loop above the streams of the stub. Until its first answer a stream is a call like any other, and is tried
 * again; after that, what it fails of is thrown as it is.
 */
export function createInvokeStream(dependencies: InvokeStreamDependencies): InvokeStream {
  const budget = dependencies.budget ?? new RetryBudget();
  return (method, requests, options = {}) => streamed({ ...dependencies, budget }, method, requests, options);
}

async function* streamed<Name extends StreamMethodName>(
  dependencies: InvokeStreamDependencies & { readonly budget: RetryBudget },
  method: Name,
  requests: StreamRequests<Name>,
  { idleTimeoutMs = defaultIdleTimeoutMs, idempotent = false, partial, ...options }: InvokeStreamOptions,
): AsyncGenerator<ResponseOf<Name>, void, undefined> {
  const { client = unknownClient, attempt, budget, clock = systemClock, random = Math.random, redact } = dependencies;
  if (idleTimeoutMs !== null) assertDurationMs(idleTimeoutMs, 'idleTimeoutMs', 1);
  const resolved = resolveCallOptions(dependencies.defaults ?? defaultCallOptions, {
    ...options,
    timeoutMs: options.timeoutMs ?? null,
    attemptTimeoutMs: null,
  });
  const link = linkAbort(resolved.signal);
  const call = new Call(client, method, { ...resolved, signal: link.signal }, clock);
  const retry = new Retry({ options: resolved.retry, budget, random, isIdempotent: () => idempotent });
  const source = isSource(requests) ? new KeptSource(requests) : undefined;
  call.start();
  try {
    for (;;) {
      throwIfAborted(link.signal);
      call.begin();
      const received: Record<string, string | Uint8Array> = {};
      // Either there is a source, and the method takes one, or there is the one request that it takes.
      const sent = (source?.items() ?? requests) as StreamRequests<Name>;
      const answers = attempt(method, sent, call.rpcOptions(undefined, received))[Symbol.asyncIterator]();
      let hasBegun = false;
      try {
        for (;;) {
          const next = call.run(() => answers.next());
          const step = await within(idleTimeoutMs, next, link, method, clock);
          if (step.done === true) break;
          unwrap(step.value, { method, partial, metadata: received, redact, clock });
          if (!hasBegun) retry.succeeded();
          hasBegun = true;
          source?.settle();
          yield step.value;
        }
        call.succeeded();
        return;
      } catch (error) {
        if (hasBegun || source?.isWhole === false) throw error;
        await call.waitOrThrow(error, retry);
      } finally {
        await answers.return?.();
      }
    }
  } catch (error) {
    call.failed(error);
    throw error;
  } finally {
    source?.close();
    link.unlink();
    call.end();
  }
}

/** Ends the stream when the answer does not come in time. */
async function within<T>(
  idleTimeoutMs: number | null,
  answer: Promise<T>,
  link: LinkedAbort,
  method: string,
  clock: Clock,
): Promise<T> {
  if (idleTimeoutMs === null) return answer;
  const timer = clock.setTimer(() => link.abort(idle(method, idleTimeoutMs)), idleTimeoutMs);
  try {
    return await answer;
  } finally {
    timer.cancel();
  }
}

function idle(method: string, idleTimeoutMs: number): DeadlineExceededError {
  return new DeadlineExceededError(
    `${method} STREAM_IDLE: no answer came within \`idleTimeoutMs\` (${idleTimeoutMs})`,
    {
      code: 'STREAM_IDLE',
      source: 'client',
      category: 'transient',
      method,
    },
  );
}

function isSource(requests: unknown): requests is Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof requests !== 'object' || requests === null) return false;
  return Symbol.asyncIterator in requests || Symbol.iterator in requests;
}
