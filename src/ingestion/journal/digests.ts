import { digestOf, wordsPerDigest } from './digest';
import type { DoneKind } from './records';

/** A list of digests that grows. */
export class Digests {
  #words = new Uint32Array(64 * wordsPerDigest);
  #length = 0;

  add(id: string, kind: DoneKind): void {
    if (this.#length === this.#words.length) {
      const larger = new Uint32Array(this.#words.length * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words.set(digestOf(id, kind), this.#length);
    this.#length += wordsPerDigest;
  }

  /** Three words each. */
  get words(): Uint32Array {
    return this.#words.subarray(0, this.#length);
  }
}
