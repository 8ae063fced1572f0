import type { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { World } from './world';

/** The states of something that takes time, in their order. */
export type Stages = readonly [pending: StatusCode, inProgress: StatusCode, done: StatusCode];

/** The state that something is in which began at that time; it takes as long as the processing of an input. */
export function stageAt(
  startedAtMs: number,
  [pending, inProgress, done]: Stages,
  { clock, options }: World,
): StatusCode {
  const { pendingMs, inProgressMs } = options.lifecycle;
  const elapsedMs = clock.now() - startedAtMs;
  if (elapsedMs < pendingMs) return pending;
  return elapsedMs < pendingMs + inProgressMs ? inProgress : done;
}
