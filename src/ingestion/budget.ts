/**
 * Share of the bytes that may be in requests: one takes three times its size, as inputs, as a message and in frames, and as
 * much again until all that is freed.
 */
export const shareInFlight: number = 1 / 8;

/**
 * Counts what the items of a run may hold in memory, from the moment they are read: queued, in flight, waiting for another
 * attempt, and as outcomes that wait for their reader. The source is not read while either limit is reached, so the limits
 * are exceeded by one item at most.
 */
export class Budget {
  readonly #maxItems: number;
  readonly #maxBytes: number;
  #items = 0;
  #bytes = 0;

  constructor(limits: { readonly items: number; readonly bytes: number }) {
    this.#maxItems = limits.items;
    this.#maxBytes = limits.bytes;
  }

  get isFull(): boolean {
    return this.#items >= this.#maxItems || this.#bytes >= this.#maxBytes;
  }

  /** Items that are held. */
  get items(): number {
    return this.#items;
  }

  takeItem(): void {
    this.#items += 1;
  }

  takeBytes(bytes: number): void {
    this.#bytes += bytes;
  }

  returnItem(): void {
    this.#items -= 1;
  }

  returnBytes(bytes: number): void {
    this.#bytes -= bytes;
  }
}
