import { longestDelayMs } from './assert';
import type { Clock } from './clock';

/** Throws the signal's own reason when it is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  signal?.throwIfAborted();
}

/** Waits; rejects with the signal's reason as soon as it aborts, and leaves neither timer nor listener behind. */
export async function sleep(delayMs: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  let cleanUp = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = clock.setTimer(resolve, Math.min(Math.max(0, delayMs), longestDelayMs));
      const onAbort = (): void => reject(signal?.reason as Error);
      signal?.addEventListener('abort', onAbort, { once: true });
      cleanUp = () => {
        timer.cancel();
        signal?.removeEventListener('abort', onAbort);
      };
    });
  } finally {
    cleanUp();
  }
}

/** An AbortController that also aborts when one of several signals does. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  /** Takes the listeners off the sources; to be called in `finally`. */
  readonly unlink: () => void;
}

/**
 * Follows several signals. Unlike `AbortSignal.any` it can be undone, so that a signal that lives as long as the process
 * does not collect one listener per call.
 */
export function linkAbort(...sources: readonly (AbortSignal | undefined)[]): LinkedAbort {
  const controller = new AbortController();
  const listeners = sources.flatMap((source) => {
    if (source === undefined) return [];
    const listener = (): void => controller.abort(source.reason);
    if (source.aborted) listener();
    else source.addEventListener('abort', listener, { once: true });
    return [{ source, listener }];
  });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    unlink: () => {
      for (const { source, listener } of listeners) source.removeEventListener('abort', listener);
    },
  };
}
