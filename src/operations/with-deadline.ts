import { assertObject } from '../base/assert';
import type { Clock } from '../base/clock';
import type { CallOptions } from '../options/call-options';
import type { Invoke } from './invoker';

/** The options of each step of one operation, which share its time limit: each gets what is left of it. */
export function withinTime<Options extends Pick<CallOptions, 'timeoutMs'>>(
  options: Options,
  clock: Clock,
): () => Options {
  const { timeoutMs } = options;
  if (timeoutMs === null || timeoutMs === undefined) return () => options;
  const leftMs = countDown(timeoutMs, clock);
  return () => ({ ...options, timeoutMs: leftMs() });
}

/** Lets the requests of one operation share one time limit: each gets what is left of it. */
export function withDeadline(invoke: Invoke, options: CallOptions, clock: Clock): Invoke {
  assertObject(options, 'options', undefined, { hideValue: true });
  const { timeoutMs } = options;
  if (timeoutMs === null || timeoutMs === undefined) return invoke;
  const leftMs = countDown(timeoutMs, clock);
  return (method, request, call) => invoke(method, request, { ...call, timeoutMs: leftMs() });
}

/** What is left of the time, at least the least that a call takes. */
function countDown(timeoutMs: number, clock: Clock): () => number {
  const deadline = clock.now() + timeoutMs;
  return () => Math.max(1, deadline - clock.now());
}
