import type { ResponseOf } from '../../generated/methods';
import { type LinkedAbort, linkAbort, throwIfAborted } from '../base/abort';
import { assertDurationMs } from '../base/assert';
import { type Clock, systemClock } from '../base/clock';
import { DeadlineExceededError } from '../base/errors';
import type { ReceivedMetadata } from '../base/received-metadata';
import { unknownClient } from '../diagnostics/unknown-client';
import { defaultCallOptions, resolveCallOptions } from '../options/resolve-call-options';
import type { RpcOptions } from '../options/rpc-options';
import { Call } from './call';
import type { InvokeDependencies } from './invoke';
import type { InvokeStream, InvokeStreamOptions, StreamAttempt, StreamMethodName, StreamRequests } from './invoker';
import { KeptSource } from './kept-source';
import { Retry } from './retry';
import { RetryBudget } from './retry-budget';
import { unwrap } from './unwrap';

/** Milliseconds without an answer after which a stream is given up: first words of large models may take a minute. */
export const defaultIdleTimeoutMs = 120_000;

export interface InvokeStreamDependencies extends Omit<InvokeDependencies, 'attempt' | 'verbOf'> {
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

type Dependencies = InvokeStreamDependencies & { readonly budget: RetryBudget };

async function* streamed<Name extends StreamMethodName>(
  dependencies: Dependencies,
  method: Name,
  requests: StreamRequests<Name>,
  options: InvokeStreamOptions,
): AsyncGenerator<ResponseOf<Name>, void, undefined> {
  const { attempt, lifetime, clock = systemClock, redact } = dependencies;
  const { idleTimeoutMs = defaultIdleTimeoutMs, partial } = options;
  const { link, call, retry } = prepare(dependencies, method, options);
  const source = isSource(requests) ? new KeptSource(requests) : undefined;
  // From the first answer on the client knows of the stream by its attempt, whose reader may have gone.
  lifetime?.enter(call);
  call.start();
  try {
    for (;;) {
      throwIfAborted(link.signal);
      call.begin();
      const received: Record<string, string | Uint8Array> = {};
      // Either there is a source, and the method takes one, or there is the one request that it takes.
      const sent = (source?.items() ?? requests) as StreamRequests<Name>;
      const rpcOptions = keeping(received, call.rpcOptions(undefined, call.remainingMs));
      const answers = attempt(method, sent, rpcOptions)[Symbol.asyncIterator]();
      let hasBegun = false;
      try {
        for (;;) {
          const next = call.run(() => answers.next());
          const step = await within(idleTimeoutMs, next, link, method, clock);
          if (step.done === true) break;
          unwrap(step.value, { method, partial, received: () => received, redact, clock });
          if (!hasBegun) retry.succeeded();
          hasBegun = true;
          source?.settle();
          lifetime?.leave(call);
          yield step.value;
        }
        call.succeeded();
        return;
      } catch (error) {
        if (source?.rewind() === false || hasBegun) throw error;
        await call.waitOrThrow(error, retry);
      } finally {
        await answers.return?.();
      }
    }
  } catch (error) {
    call.failed(error);
    throw error;
  } finally {
    lifetime?.leave(call);
    source?.close();
    link.unlink();
    call.end();
  }
}

function prepare(
  dependencies: Dependencies,
  method: StreamMethodName,
  { idleTimeoutMs = null, idempotent = false, partial: _, ...options }: InvokeStreamOptions,
): { readonly link: LinkedAbort; readonly call: Call; readonly retry: Retry } {
  const { client = unknownClient, defaults = defaultCallOptions, budget } = dependencies;
  const { clock = systemClock, random = Math.random } = dependencies;
  if (idleTimeoutMs !== null) assertDurationMs(idleTimeoutMs, 'idleTimeoutMs', 1);
  const own = { ...options, timeoutMs: options.timeoutMs ?? null, attemptTimeoutMs: null };
  const resolved = resolveCallOptions(defaults, own);
  const link = linkAbort(resolved.signal);
  const call = new Call(client, method, { ...resolved, signal: link.signal }, clock);
  const retry = new Retry({ options: resolved.retry, budget, random, isIdempotent: () => idempotent });
  return { link, call, retry };
}

/** Puts the metadata that comes into `received`: a failure in the body of an answer may come with a wish for a wait in it. */
function keeping(received: Record<string, string | Uint8Array>, options: RpcOptions): RpcOptions {
  const keep = (own: RpcOptions['onHeader']) => (metadata: ReceivedMetadata) => {
    Object.assign(received, metadata);
    own?.(metadata);
  };
  return { ...options, onHeader: keep(options.onHeader), onTrailer: keep(options.onTrailer) };
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
