/** Time as a parameter, so that tests decide how it passes. */
export interface Clock {
  /** Milliseconds since the epoch, or since the moment that a clock says it counts from. */
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

/**
 * The same time, counted from now on and looked up once for all that happens without a pause. To look it up for each of many
 * items would take longer than to do much else about them, and milliseconds since the epoch take an object each.
 */
export function coarseClock(clock: Clock): Clock {
  const start = clock.now();
  let now: number | undefined;
  const forget = (): void => (now = undefined);
  return {
    now() {
      if (now !== undefined) return now;
      void Promise.resolve().then(forget);
      return (now = clock.now() - start);
    },
    setTimer: (callback, delayMs, unref) => clock.setTimer(callback, delayMs, unref),
  };
}
