import { assertFunction, assertInteger, assertIterable, assertSignal } from '../base/assert';

export interface MapConcurrentOptions {
  /** Mappers that run at once. */
  readonly concurrency: number;
  /**
   * Items that are taken from the source and whose results the consumer does not have yet; at least `concurrency`.
   * Larger than `concurrency` it keeps mappers busy while the oldest result is still awaited.
   * @default concurrency
   */
  readonly readAhead?: number | undefined;
  /** Ends the iteration with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface MapperContext {
  readonly index: number;
  /** Aborts when the results are not wanted any more: after an error, an abort, or an early end of the iteration. */
  readonly signal: AbortSignal;
}

export type Mapper<Item, Result> = (item: Item, context: MapperContext) => Result | Promise<Result>;

/**
 * Maps items with bounded concurrency and yields the results in the order of the items. The source is read lazily, one item
 * at a time. After the first error nothing new is started, and the error comes in its turn, behind the results before it.
 * When the iteration ends, for whatever reason, mappers are told through their signal and the source is closed.
 */
export async function* mapConcurrent<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  mapper: Mapper<Item, Result>,
  options: MapConcurrentOptions,
): AsyncGenerator<Result, void, undefined> {
  const { concurrency, readAhead = concurrency, signal } = options;
  assertIterable(items, 'items');
  assertFunction(mapper, 'mapper');
  assertInteger(concurrency, 'concurrency', { min: 1 });
  assertInteger(readAhead, 'readAhead', { min: concurrency });
  if (signal !== undefined) assertSignal(signal, 'signal');
  signal?.throwIfAborted();
  const work = new Work(items, mapper, concurrency, readAhead);
  const onAbort = (): void => work.fail(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    yield* work.results();
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await work.stop();
  }
}

/** The place of one item's result. */
interface Slot<Result> {
  settled?: { readonly value: Result } | { readonly error: unknown };
}

class Work<Item, Result> {
  readonly #source: Iterator<Item> | AsyncIterator<Item>;
  readonly #mapper: Mapper<Item, Result>;
  readonly #concurrency: number;
  readonly #readAhead: number;
  readonly #controller = new AbortController();
  readonly #slots: Slot<Result>[] = [];
  #index = 0;
  #running = 0;
  #reading = false;
  /** The source has ended by itself and needs no closing. */
  #sourceEnded = false;
  /** Nothing new is to be started. */
  #stopped = false;
  #failure: { readonly error: unknown } | undefined;
  #wake = (): void => undefined;

  constructor(
    items: Iterable<Item> | AsyncIterable<Item>,
    mapper: Mapper<Item, Result>,
    concurrency: number,
    readAhead: number,
  ) {
    this.#source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    this.#mapper = mapper;
    this.#concurrency = concurrency;
    this.#readAhead = readAhead;
  }

  async *results(): AsyncGenerator<Result, void, undefined> {
    for (;;) {
      this.#read();
      if (this.#failure !== undefined) throw this.#failure.error;
      const settled = this.#slots[0]?.settled;
      if (settled !== undefined) {
        this.#slots.shift();
        if ('error' in settled) throw settled.error;
        this.#read();
        yield settled.value;
      } else if (this.#slots.length === 0 && (this.#sourceEnded || this.#stopped) && !this.#reading) {
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }

  /** Ends the iteration at once, before results that are waiting. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.#stopped = true;
    this.#controller.abort(error);
    this.#wake();
  }

  async stop(): Promise<void> {
    if (this.#sourceEnded && this.#running === 0 && this.#slots.length === 0) return;
    this.#stopped = true;
    this.#controller.abort(this.#failure?.error);
    if (this.#sourceEnded) return;
    const closed = (async () => this.#source.return?.())();
    // A generator that is waiting for its next item cannot be closed before it comes: nobody waits for that.
    if (this.#reading) closed.catch(() => undefined);
    else await closed;
  }

  #read(): void {
    if (this.#reading || this.#stopped || this.#sourceEnded) return;
    if (this.#running >= this.#concurrency || this.#slots.length >= this.#readAhead) return;
    this.#reading = true;
    void this.#take();
  }

  async #take(): Promise<void> {
    try {
      const next = await this.#source.next();
      if (next.done === true) this.#sourceEnded = true;
      // An item that comes when nobody wants it any more is dropped with the iteration.
      else if (!this.#stopped) void this.#map(next.value);
    } catch (error) {
      this.#sourceEnded = true;
      this.#slots.push({ settled: { error } });
    }
    this.#reading = false;
    this.#read();
    this.#wake();
  }

  async #map(item: Item): Promise<void> {
    const slot: Slot<Result> = {};
    this.#slots.push(slot);
    this.#running += 1;
    try {
      const value = await this.#mapper(item, { index: this.#index++, signal: this.#controller.signal });
      slot.settled = { value };
    } catch (error) {
      slot.settled = { error };
      this.#stopped = true;
    }
    this.#running -= 1;
    this.#read();
    this.#wake();
  }
}
