/** Where an item of a list is: that of an input, in the order of adding, after some that the same input has. */
export interface PageMark {
  readonly position: number;
  readonly skip: number;
}

/** Enough for some readers at once; the oldest goes first. */
const mostMarks = 100;

/**
 * Where pages of filtered lists have ended, so that the pages after them need not look for their beginning. Holds as long as
 * nothing changes but that inputs are added.
 */
export class PageMarks {
  readonly #marks = new Map<string, PageMark>();

  /** Where to begin with the item that has this index, and how many to pass over there. */
  get(list: string, index: number): PageMark {
    return this.#marks.get(keyOf(list, index)) ?? { position: 0, skip: index };
  }

  set(list: string, index: number, mark: PageMark): void {
    const key = keyOf(list, index);
    this.#marks.delete(key);
    this.#marks.set(key, mark);
    if (this.#marks.size <= mostMarks) return;
    for (const oldest of this.#marks.keys()) {
      this.#marks.delete(oldest);
      return;
    }
  }

  clear(): void {
    this.#marks.clear();
  }
}

function keyOf(list: string, index: number): string {
  return `${index} ${list}`;
}
