import type { Copy, Copyable } from './copy-graph';

/** Things that fall due, each the same time after it was added: a queue, and so no timer per thing. */
export class Timeline<Item> implements Copyable<Timeline<Item>> {
  readonly #delayMs: number;
  #queue: { readonly dueMs: number; readonly item: Item }[] = [];
  #head = 0;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  copyWith(copy: Copy): Timeline<Item> {
    const twin = new Timeline<Item>(this.#delayMs);
    twin.#queue = copy(this.#queue.slice(this.#head));
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
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }
}
