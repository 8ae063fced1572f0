import type { Item } from './item';

/** A power of two. */
const chainCount = 4096;
const slotsAtFirst = 4096;

/** No slot. */
const none = -1;

/**
 * Items that were read and have no outcome yet, one for each id: a hash table of chains. All but the items lie in numbers, and
 * an item is not looked at before its hash fits: to go through objects here, or a Map, would take a tenth of a run's time.
 */
export class UnderWay {
  readonly #first = new Int32Array(chainCount).fill(none);
  /** By slot: the item, its hash, and the next slot of its chain, or of those that are free. */
  readonly #items: (Item | undefined)[] = [];
  #hashes = new Int32Array(slotsAtFirst);
  #next = new Int32Array(slotsAtFirst);
  #free = none;

  /** The item with the same id that is under way. */
  twinOf({ id, hash }: Item): Item | undefined {
    for (let slot = this.#first[chainOf(hash)] as number; slot !== none; slot = this.#next[slot] as number) {
      if (this.#hashes[slot] !== hash) continue;
      const item = this.#items[slot];
      if (item?.id === id) return item;
    }
    return undefined;
  }

  add(item: Item): void {
    const slot = this.#takeSlot();
    const chain = chainOf(item.hash);
    this.#items[slot] = item;
    this.#hashes[slot] = item.hash;
    this.#next[slot] = this.#first[chain] as number;
    this.#first[chain] = slot;
    item.slot = slot;
  }

  delete(item: Item): void {
    const { slot } = item;
    if (this.#items[slot] !== item) return;
    const chain = chainOf(item.hash);
    const next = this.#next;
    let at = this.#first[chain] as number;
    if (at === slot) this.#first[chain] = next[slot] as number;
    else {
      while (next[at] !== slot) at = next[at] as number;
      next[at] = next[slot] as number;
    }
    this.#items[slot] = undefined;
    next[slot] = this.#free;
    this.#free = slot;
  }

  #takeSlot(): number {
    if (this.#free === none) {
      const slot = this.#items.length;
      if (slot === this.#next.length) {
        this.#hashes = larger(this.#hashes);
        this.#next = larger(this.#next);
      }
      this.#items.push(undefined);
      return slot;
    }
    const slot = this.#free;
    this.#free = this.#next[slot] as number;
    return slot;
  }
}

function larger(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * numbers.length);
  copy.set(numbers);
  return copy;
}

function chainOf(hash: number): number {
  return hash & (chainCount - 1);
}
