import { isUtf8 } from 'node:buffer';
import Long from 'long';
import { emptyBytes, emptyMap, list } from './empty';
import { DecodeError, maxDepth } from './errors';

type Decode<T> = (reader: Reader, end: number, into?: T) => T;
type ScalarKind = 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double';

/** What `toString('utf8', ...)` calls, without its handling of optional arguments. */
type NodeBuffer = Buffer & { utf8Slice(start: number, end: number): string };

const truncated = 'The message ends in the middle of a field';

// The same words come again and again in answers (ids and names of concepts, apps, users): a short string that was read lately
// is not made anew. Bounded: a thousand strings of this length.
const internedLength = 24;
const internedBits = 10;
const interned = new Array<string | undefined>(1 << internedBits);

/**
 * Reads fields from the wire. Every method is told where the enclosing message ends and never reads past it, so a
 * field cannot overrun its parent.
 */
export class Reader {
  pos = 0;
  readonly #bytes: NodeBuffer;
  readonly #view: DataView;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as NodeBuffer;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  tag(end: number): number {
    const tag = this.#varint32(end, 'tag');
    if (tag < 8) throw new DecodeError('A field has the number 0');
    return tag;
  }

  string(end: number): string {
    const start = this.#delimited(end);
    const length = this.pos - start;
    if (length === 0) return '';
    if (length > internedLength) return this.#utf8(start);
    const slot = this.#slot(start, length);
    const known = interned[slot];
    if (known !== undefined && this.#isAscii(known, start, length)) return known;
    return (interned[slot] = this.#utf8(start));
  }

  /** A view into the received message: no copy, and the message stays in memory as long as the view does. */
  bytes(end: number): Uint8Array {
    const start = this.#delimited(end);
    if (start === this.pos) return emptyBytes;
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + start, this.pos - start);
  }

  bool(end: number): boolean {
    const { low, high } = this.int64(end);
    return low !== 0 || high !== 0;
  }

  int32(end: number): number {
    return this.#varint32(end, 'value') | 0;
  }

  uint32(end: number): number {
    return this.#varint32(end, 'value');
  }

  int64(end: number): Long {
    return this.#varint64(end, false);
  }

  uint64(end: number): Long {
    return this.#varint64(end, true);
  }

  float(end: number): number {
    return this.#view.getFloat32(this.#take(4, end), true);
  }

  double(end: number): number {
    return this.#view.getFloat64(this.#take(8, end), true);
  }

  /** Decodes an embedded message, into the value that the field already has when it occurs a second time. */
  message<T>(end: number, decode: Decode<T>, into?: T): T {
    const start = this.#delimited(end);
    const limit = this.pos;
    this.pos = start;
    if (++this.#depth > maxDepth) throw tooDeep();
    const message = decode(this, limit, into);
    this.#depth--;
    return message;
  }

  /** Decodes the elements of a packed list. */
  packed<T>(end: number, into: readonly T[], kind: ScalarKind): T[] {
    const start = this.#delimited(end);
    const limit = this.pos;
    this.pos = start;
    if (kind === 'float' && into.length === 0) return this.#floats(limit) as T[];
    const values = list(into) as unknown[];
    while (this.pos < limit) values.push(this[kind](limit));
    return values as T[];
  }

  map<T>(end: number, into: Readonly<Record<string, T>>, decode: Decode<NoInfer<T>>): Record<string, T> {
    const start = this.#delimited(end);
    const limit = this.pos;
    this.pos = start;
    if (++this.#depth > maxDepth) throw tooDeep();
    let key = '';
    let value: T | undefined;
    while (this.pos < limit) {
      const tag = this.tag(limit);
      if (tag === 10) key = this.string(limit);
      else if (tag === 18) value = this.message(limit, decode, value);
      else this.skip(tag, limit);
    }
    this.#depth--;
    const entries = into === emptyMap ? {} : into;
    setOwn(entries, key, value === undefined ? decode(this, limit) : value);
    return entries;
  }

  /** Skips an unknown field. */
  skip(tag: number, end: number): void {
    switch (tag & 7) {
      case 0:
        this.int64(end);
        break;
      case 1:
        this.#take(8, end);
        break;
      case 2:
        this.#delimited(end);
        break;
      case 3:
        this.#skipGroup(tag, end);
        break;
      case 5:
        this.#take(4, end);
        break;
      default:
        throw new DecodeError(tag & 1 ? 'A field has an unknown wire type' : 'A group ends that has not begun');
    }
  }

  #skipGroup(startTag: number, end: number): void {
    if (++this.#depth > maxDepth) throw tooDeep();
    let tag = this.tag(end);
    while ((tag & 7) !== 4) {
      this.skip(tag, end);
      tag = this.tag(end);
    }
    if (tag >>> 3 !== startTag >>> 3) throw new DecodeError('A group ends that has not begun');
    this.#depth--;
  }

  /** Moves past a length-delimited value and returns where it began. */
  #delimited(end: number): number {
    return this.#take(this.#varint32(end, 'length'), end);
  }

  #take(length: number, end: number): number {
    const start = this.pos;
    if (start + length > end) throw new DecodeError(truncated);
    this.pos = start + length;
    return start;
  }

  #byte(end: number): number {
    if (this.pos >= end) throw new DecodeError(truncated);
    return this.#bytes[this.pos++] as number;
  }

  // A value is cut to its low 32 bits, as every decoder does; a tag or a length that needs more is an error.
  #varint32(end: number, what: 'tag' | 'length' | 'value'): number {
    let byte = this.#byte(end);
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; shift < 28; shift += 7) {
      byte = this.#byte(end);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    byte = this.#byte(end);
    value = (value | (byte << 28)) >>> 0;
    if (byte < 0x80 && (what === 'value' || byte < 0x10)) return value;
    if (what !== 'value') throw new DecodeError(`A ${what} is larger than 32 bits`);
    for (let count = 5; count < 10; count++) {
      if (this.#byte(end) < 0x80) return value;
    }
    throw new DecodeError(longVarint);
  }

  #varint64(end: number, unsigned: boolean): Long {
    let low = 0;
    let high = 0;
    for (let count = 0; count < 10; count++) {
      const byte = this.#byte(end);
      const bits = byte & 0x7f;
      if (count < 4) low |= bits << (7 * count);
      else if (count === 4) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else high |= bits << (7 * count - 32);
      if (byte < 0x80) return new Long(low, high, unsigned);
    }
    throw new DecodeError(longVarint);
  }

  /** Embeddings are long: a list made in one piece is filled three times as fast as one that grows. */
  #floats(limit: number): number[] {
    const count = (limit - this.pos) >> 2;
    const values = new Array<number>(count);
    for (let index = 0; index < count; index++) values[index] = this.#view.getFloat32(this.pos + index * 4, true);
    this.pos += count * 4;
    if (this.pos < limit) throw new DecodeError(truncated);
    return values;
  }

  #utf8(start: number): string {
    const text = this.#bytes.utf8Slice(start, this.pos);
    // Decoding replaces what is not UTF-8 by U+FFFD.
    if (text.includes('\ufffd') && !isUtf8(this.#bytes.subarray(start, this.pos))) {
      throw new DecodeError('A string is not valid UTF-8');
    }
    return text;
  }

  /** Where a short string would be found among the interned ones: four of its bytes, multiplied by the golden ratio. */
  #slot(start: number, length: number): number {
    const bytes = this.#bytes;
    const last = this.pos - 1;
    const first = bytes[start] as number;
    const middle = bytes[start + (length >> 1)] as number;
    const sample =
      first |
      (middle << 8) |
      ((bytes[last] as number) << 16) |
      ((bytes[last === start ? last : last - 1] as number) << 24);
    return Math.imul(sample + length, 0x9e3779b1) >>> (32 - internedBits);
  }

  /** Whether the bytes are that text, and ASCII. */
  #isAscii(text: string, start: number, length: number): boolean {
    if (text.length !== length) return false;
    for (let index = 0; index < length; index++) {
      const byte = this.#bytes[start + index] as number;
      if (byte > 0x7f || text.charCodeAt(index) !== byte) return false;
    }
    return true;
  }
}

const longVarint = 'A varint is longer than 10 bytes';

function tooDeep(): DecodeError {
  return new DecodeError(`Messages nest deeper than ${maxDepth}`);
}

/** Sets a key that came off the wire: `__proto__` too becomes an own property. */
function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}
