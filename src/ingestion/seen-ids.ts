/** Three 32-bit words a slot: 64 bits of hash, and the place of the item plus one; 0 is an empty slot. */
const wordsPerSlot = 3;

/** How full a table may be, and how much larger it gets then: 13.3 to 15.8 bytes an item. */
const maxLoad = 0.9;
const growth = 1.18;

/** Tables that the hashes are spread over: each grows by itself, in a moment and within the processor's cache. */
const tableBits = 8;
const slotsAtFirst = 8;

/**
 * Remembers where in the source each id was first seen, in at most 16 bytes an item. It keeps hashes, so that it may take a
 * new id for an old one, about once in 10^19 pairs: what it says is a hint, never a reason to leave an item out.
 */
export class SeenIds {
  /** Made when they are needed: most runs are short. */
  readonly #tables = new Array<Table | undefined>(1 << tableBits).fill(undefined);

  /** Memory in use. */
  get byteLength(): number {
    return this.#tables.reduce((sum, table) => sum + (table?.byteLength ?? 0), 0);
  }

  /** Notes an id, and returns the place where it was first seen when that was before. */
  add(id: string, index: number): number | undefined {
    // Two hashes in one walk, mixed with each other at the end: cyrb53, a public-domain variant of MurmurHash.
    let high = 0xdeadbeef;
    let low = 0x41c6ce57;
    for (let at = 0; at < id.length; at++) {
      const code = id.charCodeAt(at);
      high = Math.imul(high ^ code, 0x9e3779b1);
      low = Math.imul(low ^ code, 0x5f356495);
    }
    high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
    low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
    const table = (this.#tables[high >>> (32 - tableBits)] ??= new Table());
    // Places beyond 2^32 come round again: then the hint is wrong, and nothing else.
    const place = table.add(high >>> 0, low >>> 0, (index % 0xffffffff) + 1);
    return place === undefined ? undefined : place - 1;
  }
}

/** A hash table with open addressing; numbers only, so that it is one piece of memory. */
class Table {
  #slots = new Uint32Array(slotsAtFirst * wordsPerSlot);
  #count = 0;
  #mostItems = slotsAtFirst * maxLoad;

  get byteLength(): number {
    return this.#slots.byteLength;
  }

  /** Returns the place that is known for the hash, or keeps the new one. */
  add(high: number, low: number, place: number): number | undefined {
    if (this.#count >= this.#mostItems) this.#grow();
    const at = slotOf(this.#slots, high, low);
    const known = this.#slots[at + 2] as number;
    if (known !== 0) return known;
    fill(this.#slots, at, high, low, place);
    this.#count += 1;
    return undefined;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = Math.ceil((old.length / wordsPerSlot) * growth);
    const larger = new Uint32Array(slots * wordsPerSlot);
    for (let from = 0; from < old.length; from += wordsPerSlot) {
      const place = old[from + 2] as number;
      if (place === 0) continue;
      const high = old[from] as number;
      const low = old[from + 1] as number;
      fill(larger, slotOf(larger, high, low), high, low, place);
    }
    this.#slots = larger;
    this.#mostItems = slots * maxLoad;
  }
}

/** Where the hash is, or where there is room for it: the next slots are tried until one of the two is found. */
function slotOf(slots: Uint32Array, high: number, low: number): number {
  const count = slots.length / wordsPerSlot;
  let at = Math.floor(low * (count / 2 ** 32)) * wordsPerSlot;
  while (slots[at + 2] !== 0 && (slots[at] !== high || slots[at + 1] !== low)) {
    at += wordsPerSlot;
    if (at === slots.length) at = 0;
  }
  return at;
}

function fill(slots: Uint32Array, at: number, high: number, low: number, place: number): void {
  slots[at] = high;
  slots[at + 1] = low;
  slots[at + 2] = place;
}
