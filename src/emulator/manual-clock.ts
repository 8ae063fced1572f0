import type { Clock, Timer } from '../base/clock';

/** A clock that stands still until it is told to advance. */
export interface ManualClock extends Clock {
  /** Moves time forward and runs the timers that fall due on the way, in order. */
  advance(byMs: number): void;
}

/** 2026-01-01T00:00:00Z, so that a test's timestamps are the same in every run. */
const defaultStartMs = 1_767_225_600_000;

/**
 * A clock for `startEmulator({ clock })` that stands still until `emulator.advance(ms)`.
 *
 * @param startMs its first time, in milliseconds since 1970; 2026-01-01 by default
 * @example
 * await using emulator = await startEmulator({ clock: createManualClock() });
 * emulator.advance(60_000);
 */
export function createManualClock(startMs: number = defaultStartMs): ManualClock {
  let nowMs = startMs;
  const timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>();

  const firstDue = (untilMs: number) =>
    [...timers].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];

  return {
    now: () => nowMs,
    setTimer(callback, delayMs): Timer {
      const timer = { dueMs: nowMs + delayMs, callback };
      timers.add(timer);
      return { cancel: () => timers.delete(timer) };
    },
    advance(byMs) {
      const untilMs = nowMs + byMs;
      for (let timer = firstDue(untilMs); timer !== undefined; timer = firstDue(untilMs)) {
        nowMs = timer.dueMs;
        timers.delete(timer);
        timer.callback();
      }
      nowMs = untilMs;
    },
  };
}
