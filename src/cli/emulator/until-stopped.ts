import { fstatSync } from 'node:fs';
import { setInterval } from 'node:timers/promises';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const parentCheckMs = 500;

/**
 * Resolves once the process is to end: on SIGINT, SIGTERM or SIGHUP, and with the process that started it.
 *
 * That one has gone when a pipe that it left as stdin ends, or when this process gets another parent. A wrapper such as
 * `npx` may outlive it, and Windows never changes a parent, so the first alone would not do; who starts without a pipe is
 * noticed by the second. A terminal, a file and `/dev/null` as stdin mean nothing.
 *
 * @param parentPid the parent as it was when the process began
 * @param staysAlone listens to signals alone
 */
export async function untilStopped(parentPid: number, staysAlone: boolean): Promise<void> {
  const controller = new AbortController();
  const waits = [untilSignal(controller.signal)];
  if (!staysAlone) waits.push(untilStdinEnds(controller.signal), untilOrphaned(parentPid, controller.signal));
  await Promise.race(waits);
  controller.abort();
}

function untilSignal(over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => resolve();
    for (const name of signals) process.once(name, stop);
    over.addEventListener('abort', () => signals.forEach((name) => process.off(name, stop)));
  });
}

function untilStdinEnds(over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (!isPipe()) return;
    const stop = () => resolve();
    // What is said on it is of no interest, but a pipe that is not read never ends.
    process.stdin.on('end', stop).on('error', stop).resume();
    over.addEventListener('abort', () => process.stdin.off('end', stop).off('error', stop).pause());
  });
}

async function untilOrphaned(parentPid: number, over: AbortSignal): Promise<void> {
  if (process.ppid !== parentPid) return;
  try {
    for await (const _tick of setInterval(parentCheckMs, undefined, { signal: over, ref: false }))
      if (process.ppid !== parentPid) return;
  } catch {
    // Aborted: the process ends for another reason.
  }
}

/** Node's own pipes to a child are sockets. */
function isPipe(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    // There is no stdin.
    return false;
  }
}
