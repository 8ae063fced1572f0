/**
 * How far a source has been dealt with: items are reported in any order, and a source can go on only after an item before
 * which nothing is left.
 */
export class LowWaterMark {
  /** Of the items that were read and are not below the mark yet, by their order. */
  readonly #cursors = new Map<number, string | undefined>();
  readonly #reported = new Set<number>();
  #next = 0;

  /** Notes an item. Orders go up by one. */
  read(order: number, cursor: string | undefined): void {
    this.#cursors.set(order, cursor);
  }

  /** Notes that an item is dealt with, and returns where the source can go on now when that has changed. */
  reported(order: number): { readonly order: number; readonly cursor: string } | undefined {
    this.#reported.add(order);
    let mark: { order: number; cursor: string } | undefined;
    while (this.#reported.delete(this.#next)) {
      const cursor = this.#cursors.get(this.#next);
      this.#cursors.delete(this.#next);
      if (cursor !== undefined) mark = { order: this.#next, cursor };
      this.#next += 1;
    }
    return mark;
  }
}
