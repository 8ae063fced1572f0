import type { Item } from './item';

/** A power of two. A chain has two links when all 16 requests are under way. */
const chainCount = 1024;

/**
 * Items that were read and have no outcome yet, one for each id: a hash table of chains, which the items themselves are the
 * links of. A Map would take a fifth of a run's time.
 */
export class UnderWay {
  readonly #chains = new Array<Item | undefined>(chainCount).fill(undefined);

  /** The item with the same id that is under way. */
  twinOf({ id, hash }: Item): Item | undefined {
    let item = this.#chains[chainOf(hash)];
    // Hashes first: to compare strings costs more.
    while (item !== undefined && (item.hash !== hash || item.id !== id)) item = item.next;
    return item;
  }

  add(item: Item): void {
    const chain = chainOf(item.hash);
    item.next = this.#chains[chain];
    this.#chains[chain] = item;
  }

  delete(item: Item): void {
    const chain = chainOf(item.hash);
    let before: Item | undefined;
    let at = this.#chains[chain];
    while (at !== undefined && at !== item) {
      before = at;
      at = at.next;
    }
    if (at === undefined) return;
    if (before === undefined) this.#chains[chain] = item.next;
    else before.next = item.next;
    item.next = undefined;
  }
}

function chainOf(hash: number): number {
  return hash & (chainCount - 1);
}
