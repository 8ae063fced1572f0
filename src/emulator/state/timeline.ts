import type { Stateful } from './copy-graph';

interface TimelineState<Item> {
  readonly delayMs: number;
  readonly queue: readonly { readonly dueMs: number; readonly item: Item }[];
}

/** Things that fall due, each the same time after it was added: a queue, and so no timer per thing. */
export class Timeline<Item> implements Stateful<TimelineState<Item>> {
  readonly #delayMs: number;
  #queue: { readonly dueMs: number; readonly item: Item }[] = [];
  #head = 0;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  toState(): TimelineState<Item> {
    return { delayMs: this.#delayMs, queue: this.#queue.slice(this.#head) };
  }

  withState({ delayMs, queue }: TimelineState<Item>): Timeline<Item> {
    const twin = new Timeline<Item>(delayMs);
    twin.#queue = [...queue];
    return twin;
  }

  add(nowMs: number, item: Item): void {
    this.#queue.push({ dueMs: nowMs + this.#delayMs, item });
  }

  /** Takes what has fallen due, oldest first. */
  *take(nowMs: number): Generator<{ readonly dueMs: number; readonly item: Item }> {
    for (
      let first = this.#queue[this.#head];
      first !== undefined && first.dueMs <= nowMs;
      first = this.#queue[this.#head]
    ) {
      this.#head++;
      yield first;
    }
    // What was taken is let go as soon as there is more of it than of what is left.
    if (this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }
}
