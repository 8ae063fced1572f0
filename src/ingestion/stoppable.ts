type AnyIterator<T> = Iterator<T> | AsyncIterator<T>;

const end: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });

/**
 * Reads a source step by step until it ends or `stop` is called, also while the source keeps its reader waiting. A
 * synchronous source costs no promise.
 */
export class Stoppable<T> {
  readonly #open: () => Iterable<T> | AsyncIterable<T>;
  #iterator: AnyIterator<T> | undefined;
  #stopped = false;
  #wake: (() => void) | undefined;

  /** @param open called when the first item is asked for */
  constructor(open: () => Iterable<T> | AsyncIterable<T>) {
    this.#open = open;
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  /** The next item: at once, unless the source is asynchronous. */
  next(): IteratorResult<T> | Promise<IteratorResult<T>> {
    if (this.#stopped) return end;
    try {
      this.#iterator ??= iteratorOf(this.#open());
      const step = this.#iterator.next();
      return 'then' in step ? this.#unlessStopped(step) : this.#seen(step);
    } catch (error) {
      this.#iterator = undefined;
      throw error;
    }
  }

  /** Calls the source's `return` when it has not come to its end by itself. */
  close(): void {
    this.#stopped = true;
    const iterator = this.#iterator;
    this.#iterator = undefined;
    // Not awaited: a source that never answers its reader does not answer `return` either.
    void (async () => iterator?.return?.())().catch(() => undefined);
  }

  // One promise a step: racing a long-lived "stopped" promise would leave a reaction on it for every item.
  #unlessStopped(step: Promise<IteratorResult<T>>): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(end);
      step.then(
        (result) => resolve(this.#seen(result)),
        (error: Error) => {
          this.#iterator = undefined;
          reject(error);
        },
      );
    });
  }

  #seen(step: IteratorResult<T>): IteratorResult<T> {
    if (step.done === true) this.#iterator = undefined;
    return step;
  }
}

function iteratorOf<T>(source: Iterable<T> | AsyncIterable<T>): AnyIterator<T> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}
