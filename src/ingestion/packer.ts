import type { Clock } from '../base/clock';
import { maxInputsPerRequest, maxRequestBytes } from '../base/limits';
import type { Item } from './item';

/** What introduces an input in its request: a tag of one byte and a length of up to four. */
const envelopeBytes = 5;

export interface PackerOptions {
  /** Bytes at which a chunk is full before it has 128 items. */
  readonly targetBytes: number;
  /** Longest time that an item waits for others to fill its chunk. */
  readonly lingerMs: number;
  readonly clock: Clock;
}

/** Full chunks that are kept ready; to read further ahead would only fill memory. */
const chunksAhead = 2;

/** Fills chunks: items wait here until they are enough for a request, or have waited long enough. */
export class Packer {
  readonly #options: PackerOptions;
  /** Chunks that must stay as they are: halves of one that failed as a whole, not to be mixed with other items. */
  readonly #groups: (readonly Item[])[] = [];
  #queue: Item[] = [];
  #bytes = 0;
  #videos = 0;
  #flushing = false;
  #tookGroup = false;

  constructor(options: PackerOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0 && this.#groups.length === 0;
  }

  /** Items that may go with any others. */
  get length(): number {
    return this.#queue.length;
  }

  /** Whether the items that may go with any others fill a chunk, or cannot be joined by one. */
  get isFull(): boolean {
    return this.#queue.length >= maxInputsPerRequest || this.#bytes >= this.#options.targetBytes || this.#videos > 0;
  }

  /** Whether so much is queued that more cannot make the next chunks any fuller. */
  get hasPlenty(): boolean {
    const { targetBytes } = this.#options;
    return this.#queue.length >= chunksAhead * maxInputsPerRequest || this.#bytes >= chunksAhead * targetBytes;
  }

  /** Queues an item that may go with any others. */
  add(item: Item): void {
    this.#queue.push(item);
    this.#bytes += item.bytes + envelopeBytes;
    if (item.isVideo) this.#videos += 1;
  }

  /** Queues an item once more. */
  addAgain(item: Item): void {
    item.queuedAt = this.#options.clock.now();
    this.add(item);
  }

  addGroup(items: readonly Item[]): void {
    this.#groups.push(items);
  }

  /** No items are to come: what is queued waits for nothing more. */
  flush(): void {
    this.#flushing = true;
  }

  /** Milliseconds until a chunk is ready: 0 when one is, `undefined` when nothing is queued. */
  get readyInMs(): number | undefined {
    if (this.#groups.length > 0) return 0;
    const [oldest] = this.#queue;
    if (oldest === undefined) return undefined;
    const { lingerMs, clock } = this.#options;
    return this.isFull || this.#flushing ? 0 : Math.max(0, oldest.queuedAt + lingerMs - clock.now());
  }

  /** The next chunk, in the order of the source; empty when nothing is queued. */
  take(): readonly Item[] {
    // Groups and others in turn: one that fails for ever holds up nobody.
    const isTurnOfOthers = this.#tookGroup && (this.isFull || (this.#flushing && this.#queue.length > 0));
    const group = isTurnOfOthers ? undefined : this.#groups.shift();
    this.#tookGroup = group !== undefined;
    if (group !== undefined) return group;
    let bytes = 0;
    let count = 0;
    const fullBytes = Math.min(this.#options.targetBytes, maxRequestBytes);
    for (const item of this.#queue) {
      const ownBytes = item.bytes + envelopeBytes;
      if (count > 0 && (item.isVideo || bytes + ownBytes > fullBytes)) break;
      count += 1;
      bytes += ownBytes;
      if (item.isVideo) this.#videos -= 1;
      if (item.isVideo || count === maxInputsPerRequest) break;
    }
    this.#bytes -= bytes;
    return this.#queue.splice(0, count);
  }

  /** Empties the packer. */
  takeAll(): readonly Item[] {
    const items = [...this.#groups.splice(0).flat(), ...this.#queue];
    this.#queue = [];
    this.#bytes = 0;
    this.#videos = 0;
    return items;
  }
}
