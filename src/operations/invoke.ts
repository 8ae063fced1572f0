import { throwIfAborted } from '../base/abort';
import { assertFunction, assertInteger } from '../base/assert';
import { type Clock, systemClock } from '../base/clock';
import type { ClientIdentity } from '../diagnostics/messages';
import { unknownClient } from '../diagnostics/unknown-client';
import { defaultCallOptions, resolveCallOptions, type ResolvedCallOptions } from '../options/resolve-call-options';
import { Call } from './call';
import { isIdempotent } from './idempotency';
import type { Attempt, AttemptContext, Invoke, InvokeOptions, Lifetime } from './invoker';
import { Retry } from './retry';
import { RetryBudget } from './retry-budget';
import { unwrap } from './unwrap';

export interface InvokeDependencies {
  /** For whoever observes. @default unknownClient */
  readonly client?: ClientIdentity | undefined;
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
  const { client = unknownClient, clock = systemClock, random = Math.random, redact } = dependencies;

  return async (method, request, options = {}) => {
    const resolved = resolveCallOptions(defaults, options, { alsoKnown: invokeOptionNames });
    const { requestBytes, idempotent, partial, onAttempt } = options;
    if (requestBytes !== undefined) assertInteger(requestBytes, 'requestBytes', { min: 0 });
    if (onAttempt !== undefined) assertFunction(onAttempt, 'onAttempt');
    const call = new Call(client, method, resolved, clock);
    let retry: Retry | undefined;
    lifetime?.enter(call);
    call.start();
    try {
      for (;;) {
        throwIfAborted(resolved.signal);
        const number = call.begin();
        onAttempt?.(number);
        try {
          const { remainingMs } = call;
          const rpcOptions = call.rpcOptions(requestBytes, remainingMs);
          const context: AttemptContext = { remainingMs };
          const answer = await call.run(() => attempt(method, request, rpcOptions, context));
          unwrap(answer, { method, partial, received: context.received, redact, clock });
          if (retry === undefined) budget.refund();
          else retry.succeeded();
          call.succeeded();
          return answer;
        } catch (error) {
          retry ??= new Retry({
            options: resolved.retry,
            budget,
            random,
            isIdempotent: () => idempotent ?? isIdempotent(method, request, verbOf),
          });
          await call.waitOrThrow(error, retry);
        }
      }
    } catch (error) {
      call.failed(error);
      throw error;
    } finally {
      lifetime?.leave(call);
      call.end();
    }
  };
}
