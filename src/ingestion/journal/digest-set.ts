import { digestBytes, digestOf, kindBits, kindOf, wordsPerDigest } from './digest';
import { type DoneKind, hasInput } from './records';

/** Share of the slots that are taken: 13.3 bytes an item. */
const load = 0.9;

/** Kinds of digests that have been taken: of items with an input, and of those that were refused. */
const takenInput = 6;
const takenRefusal = 7;

/**
 * What became of items that are done, by their ids, in at most 16 bytes an item. Two of n ids share their 93 bits of hash
 * with a probability of less than n² / 10^28: for a thousand million ids, one in ten thousand million.
 */
export class DigestSet {
  readonly #slots: Uint32Array;
  readonly #count: number;

  /** @param capacity digests that it can hold */
  constructor(capacity: number) {
    this.#count = Math.ceil(capacity / load) + 1;
    this.#slots = new Uint32Array(this.#count * wordsPerDigest);
  }

  /** Memory in use. */
  get byteLength(): number {
    return this.#count * digestBytes;
  }

  /** Adds a list of digests. Of two for one id, the one that says that there is an input counts. */
  add(digests: Uint32Array): void {
    for (let from = 0; from < digests.length; from += wordsPerDigest) {
      const digest = digests.subarray(from, from + wordsPerDigest);
      const at = this.#slotOf(digest);
      if (((digest[2] as number) & kindBits) > ((this.#slots[at + 2] as number) & kindBits))
        this.#slots.set(digest, at);
    }
  }

  /**
   * What became of the item with an id, told once. Another item with the id is `repeated` when there is an input with it;
   * `undefined` when there is none, as far as is known.
   */
  take(id: string): DoneKind | 'repeated' | undefined {
    const at = this.#slotOf(digestOf(id));
    const last = this.#slots[at + 2] as number;
    if ((last & kindBits) === takenInput) return 'repeated';
    const kind = kindOf(last);
    if (kind !== undefined) this.#slots[at + 2] = (last & ~kindBits) | (hasInput(kind) ? takenInput : takenRefusal);
    return kind;
  }

  /** Where the hash is, or where there is room for it: the next slots are tried until one of the two is found. */
  #slotOf(digest: Uint32Array): number {
    const slots = this.#slots;
    let at = Math.floor(((digest[0] as number) / 2 ** 32) * this.#count) * wordsPerDigest;
    for (;;) {
      const last = slots[at + 2] as number;
      if ((last & kindBits) === 0) return at;
      const differsInKindAlone = (last ^ (digest[2] as number)) >>> 0 <= kindBits;
      if (slots[at] === digest[0] && slots[at + 1] === digest[1] && differsInKindAlone) return at;
      at = (at + wordsPerDigest) % slots.length;
    }
  }
}
