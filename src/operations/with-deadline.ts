import type { Clock } from '../base/clock';
import type { Invoke } from './invoker';

/** Lets the requests of one operation share one time limit: each gets what is left of it. */
export function withDeadline(invoke: Invoke, timeoutMs: number | null | undefined, clock: Clock): Invoke {
  if (timeoutMs === null || timeoutMs === undefined) return invoke;
  const deadline = clock.now() + timeoutMs;
  return (method, request, options) =>
    invoke(method, request, { ...options, timeoutMs: Math.max(1, deadline - clock.now()) });
}
