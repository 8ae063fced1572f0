import { isUtf8 } from 'node:buffer';
import Long from 'long';
import { DecodeError, maxDepth } from './errors';

type ScalarKind = 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double';

const truncated = 'The message ends in the middle of a field';

/**
 * Reads fields from the wire. Every method is told where the enclosing message ends and never reads past it, so a
 * field cannot overrun its parent.
 */
export class Reader {
  pos = 0;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  tag(end: number): number {
    const tag = this.#varint32(end, 'tag');
    if (tag >>> 3 === 0) throw new DecodeError('A field has the number 0');
    return tag;
  }

  string(end: number): string {
    const start = this.#take(this.#length(end), end);
    if (this.pos - start < 32) {
      const text = this.#shortAscii(start);
      if (text !== undefined) return text;
    }
    if (!isUtf8(this.#bytes.subarray(start, this.pos))) throw new DecodeError('A string is not valid UTF-8');
    return this.#bytes.toString('utf8', start, this.pos);
  }

  /** A view into the received message: no copy, and the message stays in memory as long as the view does. */
  bytes(end: number): Uint8Array {
    const start = this.#take(this.#length(end), end);
    return this.#bytes.subarray(start, this.pos);
  }

  bool(end: number): boolean {
    const value = this.#varint64(end);
    return value.low !== 0 || value.high !== 0;
  }

  int32(end: number): number {
    return this.#varint32(end, 'value') | 0;
  }

  uint32(end: number): number {
    return this.#varint32(end, 'value');
  }

  int64(end: number): Long {
    return this.#varint64(end);
  }

  uint64(end: number): Long {
    return this.#varint64(end).toUnsigned();
  }

  float(end: number): number {
    return this.#view.getFloat32(this.#take(4, end), true);
  }

  double(end: number): number {
    return this.#view.getFloat64(this.#take(8, end), true);
  }

  /** Decodes an embedded message, into the value that the field already has when it occurs a second time. */
  message<T, R>(end: number, decode: (reader: Reader, end: number, into?: T) => R, into?: T): R {
    const length = this.#length(end);
    const limit = this.pos + length;
    if (limit > end) throw new DecodeError(truncated);
    this.#enter();
    const message = decode(this, limit, into);
    this.#depth--;
    return message;
  }

  packed(end: number, into: unknown[], kind: ScalarKind): void {
    const length = this.#length(end);
    const limit = this.pos + length;
    if (limit > end) throw new DecodeError(truncated);
    while (this.pos < limit) into.push(this[kind](limit));
  }

  mapEntry<T>(
    end: number,
    into: Record<string, T | undefined>,
    decode: (reader: Reader, end: number, into?: T) => T,
  ): void {
    const length = this.#length(end);
    const limit = this.pos + length;
    if (limit > end) throw new DecodeError(truncated);
    this.#enter();
    let key = '';
    let value: T | undefined;
    while (this.pos < limit) {
      const tag = this.tag(limit);
      if (tag === 10) key = this.string(limit);
      else if (tag === 18) value = this.message(limit, decode, value);
      else this.skip(tag, limit);
    }
    this.#depth--;
    setOwn(into, key, value ?? decode(this, this.pos));
  }

  /** Skips an unknown field. */
  skip(tag: number, end: number): void {
    switch (tag & 7) {
      case 0:
        this.#varint64(end);
        break;
      case 1:
        this.#take(8, end);
        break;
      case 2:
        this.#take(this.#length(end), end);
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
    this.#enter();
    for (;;) {
      const tag = this.tag(end);
      if ((tag & 7) === 4) {
        if (tag >>> 3 !== startTag >>> 3) throw new DecodeError('A group ends that has not begun');
        break;
      }
      this.skip(tag, end);
    }
    this.#depth--;
  }

  #enter(): void {
    if (++this.#depth > maxDepth) throw new DecodeError(`Messages nest deeper than ${maxDepth}`);
  }

  #take(length: number, end: number): number {
    const start = this.pos;
    if (start + length > end) throw new DecodeError(truncated);
    this.pos = start + length;
    return start;
  }

  #length(end: number): number {
    return this.#varint32(end, 'length');
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
      if (byte < 0x80) return value >>> 0;
    }
    byte = this.#byte(end);
    value = (value | (byte << 28)) >>> 0;
    if (byte < 0x80 && (what === 'value' || byte < 0x10)) return value;
    if (what !== 'value') throw new DecodeError(`A ${what} is larger than 32 bits`);
    for (let count = 5; count < 10; count++) {
      if (this.#byte(end) < 0x80) return value;
    }
    throw new DecodeError('A varint is longer than 10 bytes');
  }

  #varint64(end: number): Long {
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
      if (byte < 0x80) return new Long(low, high);
    }
    throw new DecodeError('A varint is longer than 10 bytes');
  }

  #shortAscii(start: number): string | undefined {
    let text = '';
    for (let index = start; index < this.pos; index++) {
      const byte = this.#bytes[index] as number;
      if (byte >= 0x80) return undefined;
      text += String.fromCharCode(byte);
    }
    return text;
  }
}

/** Sets a key that came off the wire: `__proto__` too becomes an own property. */
function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}
