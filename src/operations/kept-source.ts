/** Items of a source that are kept for another attempt; when more were taken there is none. */
const mostKept = 16;

/** A source that is read once, however many attempts there are: what one attempt took is kept for the next. */
export class KeptSource<Item> {
  readonly #iterator: Iterator<Item> | AsyncIterator<Item>;
  readonly #kept: Item[] = [];
  #keeping = true;
  #attempt = 0;
  #pending: Promise<IteratorResult<Item>> | undefined;
  #ended = false;

  constructor(source: Iterable<Item> | AsyncIterable<Item>) {
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** There will be no other attempt: nothing more is kept. */
  settle(): void {
    this.#keeping = false;
  }

  /**
   * Ends an attempt: what it still waits for is for the next one.
   *
   * @returns whether another attempt can have all that was taken
   */
  rewind(): boolean {
    this.#attempt += 1;
    return this.#keeping;
  }

  /** The items from the first, for one attempt. */
  items(): AsyncIterable<Item> {
    const attempt = this.#attempt;
    let at = 0;
    const next = async (): Promise<IteratorResult<Item>> => {
      const step = at === this.#kept.length ? await (this.#pending ??= this.#read()) : undefined;
      if (attempt !== this.#attempt) return { done: true, value: undefined };
      if (step?.done === true) return step;
      if (at === mostKept) this.settle();
      // Beyond those that are kept an item is only in the step that it came in.
      return step !== undefined && at === this.#kept.length ? step : { done: false, value: this.#kept[at++] as Item };
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
      if (step.done === true) this.#ended = true;
      else if (this.#keeping) this.#kept.push(step.value);
      return step;
    } catch (error) {
      this.#ended = true;
      throw error;
    } finally {
      if (!this.#ended) this.#pending = undefined;
    }
  }
}
