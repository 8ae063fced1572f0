import { systemClock } from '../base/clock';
import { DeadlineExceededError } from '../base/errors';
import type { Stop } from './stop';

export interface WaitLimits {
  /** `Infinity` waits without end. */
  readonly timeoutMs: number;
  /** What it fails of when the time is over. */
  readonly late: () => Error;
  /** What ends the call ends the wait. */
  readonly stop: Stop;
}

/**
 * Waits for what a call needs before it is made.
 *
 * @param start begins to get it, and returns what gives up; calls back later, not at once
 */
export function waitFor<Value>(
  start: (resolve: (value: Value) => void, reject: (error: Error) => void) => () => void,
  { timeoutMs, late, stop }: WaitLimits,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      timer?.cancel();
      stop.listen(undefined);
    };
    const giveUp = start(
      (value) => {
        end();
        resolve(value);
      },
      (error) => {
        end();
        reject(error);
      },
    );
    const fail = (reason: Error): void => {
      end();
      giveUp();
      reject(reason);
    };
    const timer = timeoutMs === Infinity ? undefined : systemClock.setTimer(() => fail(late()), timeoutMs);
    stop.listen(fail);
  });
}

/** The error for a call whose time was over before anything was sent. */
export function lateBeforeSending(method: string, what: string): DeadlineExceededError {
  return new DeadlineExceededError(`${method} DEADLINE_EXCEEDED: ${what} within \`timeoutMs\``, {
    code: 'DEADLINE_EXCEEDED',
    source: 'client',
    category: 'transient',
    method,
    notProcessed: true,
  });
}
