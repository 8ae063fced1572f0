/** Items of a source that are kept for another attempt; a source that was read further gets none. */
const mostKept = 16;

/** A source that is read once, however many attempts there are: what one attempt took is kept for the next. */
export class KeptSource<Item> {
  readonly #iterator: Iterator<Item> | AsyncIterator<Item>;
  readonly #kept: Item[] = [];
  #keeping = true;
  #pending: Promise<IteratorResult<Item>> | undefined;
  #ended = false;

  constructor(source: Iterable<Item> | AsyncIterable<Item>) {
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** Whether another attempt can have all that was read. */
  get isWhole(): boolean {
    return this.#keeping;
  }

  /** There will be no other attempt: nothing more is kept. */
  settle(): void {
    this.#keeping = false;
  }

  /** The items from the first; the attempt before must not be read any further. */
  items(): AsyncIterable<Item> {
    let at = 0;
    const next = async (): Promise<IteratorResult<Item>> => {
      if (at === this.#kept.length) {
        const step = await (this.#pending ??= this.#read());
        if (step.done === true || at === this.#kept.length) return step;
      }
      return { done: false, value: this.#kept[at++] as Item };
    };
    return { [Symbol.asyncIterator]: () => ({ next }) };
  }

  /** Lets the source clean up, unless it has ended by itself. Not awaited: it may be waiting for something. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    const finish = async (): Promise<unknown> => this.#iterator.return?.();
    finish().catch(() => undefined);
  }

  async #read(): Promise<IteratorResult<Item>> {
    try {
      const step = await this.#iterator.next();
      if (step.done === true) {
        this.#ended = true;
        return step;
      }
      if (this.#kept.length === mostKept) this.#keeping = false;
      if (this.#keeping) this.#kept.push(step.value);
      return step;
    } catch (error) {
      this.#ended = true;
      throw error;
    } finally {
      if (!this.#ended) this.#pending = undefined;
    }
  }
}
