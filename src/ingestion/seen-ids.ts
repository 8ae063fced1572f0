/** Places in the source whose hashes lie together. A page that nothing is noted in is not made. */
const placesPerPage = 1 << 12;

/** Tables that the index is spread over: each grows by itself, in a moment and within the processor's cache. */
const tableBits = 8;
const slotsAtFirst = 8;

/** How full a table may be, and how much larger it gets then: 4.4 to 5.3 bytes an item. */
const maxLoad = 0.9;
const growth = 1.18;

/**
 * Remembers which ids were seen where in the source, at 8 bytes an item. Most runs never ask; the first question makes an
 * index, in a quarter of a second or less a million items, and from then on an item costs at most 14 bytes. It keeps hashes, so
 * that it may take a new id for an old one, about once in 10^19 pairs: what it says is a hint, never a reason to leave an item
 * out.
 */
export class SeenIds {
  readonly #hashes = new Hashes();
  readonly #tables: (Table | undefined)[] = [];
  /** Places that are in the index. */
  #indexed = 0;

  /** Memory in use. */
  get byteLength(): number {
    return this.#tables.reduce((sum, table) => sum + (table?.byteLength ?? 0), this.#hashes.byteLength);
  }

  /** Notes the id at a place behind all that were noted before, and returns a hash of it. */
  note(id: string, index: number): number {
    return this.#hashes.note(id, index);
  }

  /** Where the id that was noted at a place was first seen, when that was before. */
  firstBefore(index: number): number | undefined {
    for (; this.#indexed < this.#hashes.end; this.#indexed++) this.#firstAt(this.#indexed);
    const first = this.#firstAt(index);
    return first === index ? undefined : first;
  }

  /** The first place with the hash of this one, which it is itself when there is none. */
  #firstAt(place: number): number {
    const high = this.#hashes.high(place);
    const low = this.#hashes.low(place);
    // Nothing was noted here, or what has no room in 32 bits.
    if ((high === 0 && low === 0) || place >= 0xffffffff) return place;
    const table = (this.#tables[high >>> (32 - tableBits)] ??= new Table(this.#hashes));
    return table.firstAt(place, high, low);
  }
}

/** Two 32-bit words of hash for each place in the source. */
class Hashes {
  readonly #pages: (Uint32Array | undefined)[] = [];
  /** The place behind the last that was noted. */
  end = 0;
  /** Places that were noted. */
  count = 0;

  get byteLength(): number {
    return this.#pages.reduce((sum, page) => sum + (page?.byteLength ?? 0), 0);
  }

  note(id: string, index: number): number {
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
    const page = (this.#pages[Math.floor(index / placesPerPage)] ??= new Uint32Array(2 * placesPerPage));
    const at = 2 * (index % placesPerPage);
    page[at] = high;
    page[at + 1] = low;
    this.end = index + 1;
    this.count += 1;
    return low;
  }

  high(index: number): number {
    return this.#pages[Math.floor(index / placesPerPage)]?.[2 * (index % placesPerPage)] ?? 0;
  }

  low(index: number): number {
    return this.#pages[Math.floor(index / placesPerPage)]?.[2 * (index % placesPerPage) + 1] ?? 0;
  }
}

/** A hash table with open addressing, of places plus one; 0 is an empty slot. */
class Table {
  readonly #hashes: Hashes;
  #slots: Uint32Array;
  #count = 0;

  constructor(hashes: Hashes) {
    this.#hashes = hashes;
    // Its share of what was noted before anyone asked: to grow up to it would take four times as long.
    const share = Math.ceil((hashes.count * growth) / maxLoad / 2 ** tableBits);
    this.#slots = new Uint32Array(Math.max(slotsAtFirst, share));
  }

  get byteLength(): number {
    return this.#slots.byteLength;
  }

  /** Returns the place that is known for the hash, which this one becomes when there is none. */
  firstAt(place: number, high: number, low: number): number {
    if (this.#count >= this.#slots.length * maxLoad) this.#grow();
    const at = this.#slotOf(high, low);
    const known = this.#slots[at] as number;
    if (known !== 0) return known - 1;
    this.#slots[at] = place + 1;
    this.#count += 1;
    return place;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(Math.ceil(old.length * growth));
    for (const known of old) {
      if (known === 0) continue;
      this.#slots[this.#slotOf(this.#hashes.high(known - 1), this.#hashes.low(known - 1))] = known;
    }
  }

  /** Where the hash is, or where there is room for it: the next slots are tried until one of the two is found. */
  #slotOf(high: number, low: number): number {
    const slots = this.#slots;
    let at = Math.floor(low * (slots.length / 2 ** 32));
    for (; slots[at] !== 0; at = at + 1 === slots.length ? 0 : at + 1) {
      const place = (slots[at] as number) - 1;
      if (this.#hashes.low(place) === low && this.#hashes.high(place) === high) break;
    }
    return at;
  }
}
