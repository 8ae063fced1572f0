/** Three 32-bit words a slot: 64 bits of hash, and the place of the item plus one; 0 is an empty slot. */
const wordsPerSlot = 3;

/** Share of the slots that may be taken, and how much larger the table gets then: 13.3 to 15.8 bytes an item. */
const maxLoad = 0.9;
const growth = 1.18;

/**
 * Remembers where in the source each id was first seen, in at most 16 bytes an item. It keeps hashes, so that it may take a
 * new id for an old one, about once in 10^19 pairs: what it says is a hint, never a reason to leave an item out.
 */
export class SeenIds {
  #slots = new Uint32Array(1024 * wordsPerSlot);
  #count = 0;

  /** Memory in use. */
  get byteLength(): number {
    return this.#slots.byteLength;
  }

  /** Notes an id, and returns the place where it was first seen when that was before. */
  add(id: string, index: number): number | undefined {
    if (this.#count >= (this.#slots.length / wordsPerSlot) * maxLoad) this.#grow();
    const high = hash(id, 0x811c9dc5);
    const low = hash(id, 0x9747b28c);
    const at = slotOf(this.#slots, high, low);
    const place = this.#slots[at + 2] as number;
    if (place !== 0) return place - 1;
    // Places beyond 2^32 come round again: then the hint is wrong, and nothing else.
    fill(this.#slots, at, high, low, (index % 0xffffffff) + 1);
    this.#count += 1;
    return undefined;
  }

  #grow(): void {
    const old = this.#slots;
    const larger = new Uint32Array(Math.ceil((old.length / wordsPerSlot) * growth) * wordsPerSlot);
    for (let from = 0; from < old.length; from += wordsPerSlot) {
      const place = old[from + 2] as number;
      if (place === 0) continue;
      const high = old[from] as number;
      const low = old[from + 1] as number;
      fill(larger, slotOf(larger, high, low), high, low, place);
    }
    this.#slots = larger;
  }
}

/** Where the hash is, or where there is room for it: the next slots are tried until one of the two is found. */
function slotOf(slots: Uint32Array, high: number, low: number): number {
  const count = slots.length / wordsPerSlot;
  let at = Math.floor((high / 2 ** 32) * count) * wordsPerSlot;
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

/** Murmur-like: every character counts, and the finish spreads it over all 32 bits. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x5bd1e995);
    value ^= value >>> 15;
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
