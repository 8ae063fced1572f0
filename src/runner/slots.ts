/** Lets so many pieces of work be done at a time. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Does the work when it is its turn; not at all when the signal is aborted by then. */
  async use<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.take();
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.release();
    }
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
