/**
 * Reads a source until it ends or `stop` is called, also while the source keeps its reader waiting. The source's
 * `return` is called when it is left early.
 */
export class Stoppable<T> implements AsyncIterable<T> {
  readonly #source: Iterable<T> | AsyncIterable<T>;
  #stopped = false;
  #wake: (() => void) | undefined;

  constructor(source: Iterable<T> | AsyncIterable<T>) {
    this.#source = source;
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const iterator =
      Symbol.asyncIterator in this.#source ? this.#source[Symbol.asyncIterator]() : this.#source[Symbol.iterator]();
    let ended = false;
    try {
      while (!this.#stopped) {
        const step = await this.#next(iterator);
        if (step === undefined) break;
        ended = step.done === true;
        if (step.done === true) break;
        yield step.value;
      }
    } catch (error) {
      ended = true;
      throw error;
    } finally {
      // Not awaited: a source that never answers its reader does not answer `return` either.
      if (!ended) void Promise.resolve(iterator.return?.()).catch(() => undefined);
    }
  }

  // One promise a step: racing a long-lived "stopped" promise would leave a reaction on it for every item.
  #next(iterator: Iterator<T> | AsyncIterator<T>): Promise<IteratorResult<T> | undefined> {
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(undefined);
      Promise.resolve(iterator.next()).then(resolve, reject);
    });
  }
}
