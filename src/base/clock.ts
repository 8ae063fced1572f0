/** Time as a parameter, so that tests decide how it passes. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `delayMs`. The timer does not keep the process alive when `unref` is true. */
  setTimer(callback: () => void, delayMs: number, unref?: boolean): Timer;
}

/** What stops a timer that was set. */
export interface Timer {
  /** Calls back no more. */
  cancel(): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(callback, delayMs, unref = false) {
    const handle = setTimeout(callback, delayMs);
    if (unref) handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};
