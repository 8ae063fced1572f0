import type { Clock, Timer } from '../base/clock';
import type { Item } from './item';

interface Waiting {
  readonly items: readonly Item[];
  readonly timer: Timer;
}

/** Items that wait for their next attempt. */
export class Delayed {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  add(items: readonly Item[], delayMs: number, then: () => void): void {
    const waiting: Waiting = {
      items,
      timer: this.#clock.setTimer(() => {
        this.#waiting.delete(waiting);
        then();
      }, delayMs),
    };
    this.#waiting.add(waiting);
  }

  /** Ends all waits without an attempt. */
  takeAll(): readonly Item[] {
    const items = [...this.#waiting].flatMap((waiting) => waiting.items);
    for (const { timer } of this.#waiting) timer.cancel();
    this.#waiting.clear();
    return items;
  }
}
