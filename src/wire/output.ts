import { EncodeError } from './errors';

// Bytes of this length and more are not written but noted, and copied once into the finished message: a copy costs more
// than the note from about here on.
const largeBytes = 2048;

// What is kept of the buffer from one message to the next, at most, and what a new one begins with.
const mostKeptBytes = 256 * 1024;
const firstBytes = 8192;

interface LargePiece {
  /** Where in the buffer the piece belongs. */
  at: number;
  readonly bytes: Uint8Array;
}

/** Bytes that were written, the large pieces still apart. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly pieces: readonly Readonly<LargePiece>[];
  /** Of both together. */
  readonly length: number;
}

const noPieces: readonly never[] = Object.freeze([]);

/**
 * The bytes of a message in the making: a growing buffer, and large pieces that lie between its bytes.
 *
 * The length of a nested message is only known at its end. One byte is kept free for it; a longer message is moved up to make room, which never moves the large pieces.
 */
export class Output {
  #buffer: Buffer = Buffer.allocUnsafeSlow(firstBytes);
  #position = 0;
  #pieces: LargePiece[] = [];

  get length(): number {
    return this.#position + this.#piecesAfter(-1);
  }

  toBytes(): Uint8Array {
    if (this.#pieces.length === 0) return this.#compact();
    const bytes = Buffer.allocUnsafe(this.length);
    let from = 0;
    let to = 0;
    for (const piece of this.#pieces) {
      to += this.#buffer.copy(bytes, to, from, piece.at);
      bytes.set(piece.bytes, to);
      to += piece.bytes.length;
      from = piece.at;
    }
    this.#buffer.copy(bytes, to, from, this.#position);
    return bytes;
  }

  /** As `toBytes`, but not copied where that can be avoided: valid until the next write. */
  view(): Uint8Array {
    return this.#pieces.length === 0 ? this.#buffer.subarray(0, this.#position) : this.toBytes();
  }

  keep(): Content {
    const pieces = this.#pieces.length === 0 ? noPieces : [...this.#pieces];
    return { bytes: this.#compact(), pieces, length: this.length };
  }

  /** Adds what another output kept. */
  add({ bytes, pieces }: Content): void {
    let from = 0;
    for (const piece of pieces) {
      this.raw(bytes.subarray(from, piece.at));
      this.raw(piece.bytes);
      from = piece.at;
    }
    this.raw(from === 0 ? bytes : bytes.subarray(from));
  }

  /** Forgets what was written. */
  reset(): void {
    if (this.#buffer.length > mostKeptBytes) this.#buffer = Buffer.allocUnsafeSlow(firstBytes);
    if (this.#pieces.length > 0) this.#pieces = [];
    this.#position = 0;
  }

  /** Begins a length-delimited value; what it returns goes to `close`. */
  open(): number {
    this.#reserve(1);
    return this.#position++;
  }

  close(start: number): void {
    const length = this.#position - start - 1 + (this.#pieces.length > 0 ? this.#piecesAfter(start) : 0);
    if (length < 0x80) {
      this.#buffer[start] = length;
      return;
    }
    const extra = length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : length < 0x1000_0000 ? 3 : 4;
    this.#reserve(extra);
    this.#buffer.copyWithin(start + 1 + extra, start + 1, this.#position);
    for (let index = this.#pieces.length - 1; index >= 0; index--) {
      const piece = this.#pieces[index] as LargePiece;
      if (piece.at <= start) break;
      piece.at += extra;
    }
    const end = this.#position + extra;
    this.#position = start;
    this.varint32(length);
    this.#position = end;
  }

  varint32(value: number): void {
    this.#reserve(5);
    const buffer = this.#buffer;
    let position = this.#position;
    let rest = value;
    while (rest > 0x7f) {
      buffer[position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[position++] = rest;
    this.#position = position;
  }

  varint64(low: number, high: number): void {
    this.#reserve(10);
    let lowRest = low >>> 0;
    let highRest = high >>> 0;
    while (highRest > 0 || lowRest > 0x7f) {
      this.#buffer[this.#position++] = (lowRest & 0x7f) | 0x80;
      lowRest = ((lowRest >>> 7) | (highRest << 25)) >>> 0;
      highRest >>>= 7;
    }
    this.#buffer[this.#position++] = lowRest;
  }

  float(value: number): void {
    this.#reserve(4);
    this.#position = this.#buffer.writeFloatLE(value, this.#position);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#position = this.#buffer.writeDoubleLE(value, this.#position);
  }

  string(value: string): void {
    if (value.length < 64 && this.#ascii(value)) return;
    const length = Buffer.byteLength(value);
    if (length !== value.length && !value.isWellFormed())
      throw new EncodeError('a string without lone surrogates', value);
    this.varint32(length);
    this.#reserve(length);
    this.#position += this.#buffer.write(value, this.#position, length, 'utf8');
  }

  bytes(value: Uint8Array): void {
    this.varint32(value.length);
    this.raw(value);
  }

  raw(value: Uint8Array): void {
    if (value.length >= largeBytes) {
      this.#pieces.push({ at: this.#position, bytes: value });
    } else {
      this.#reserve(value.length);
      this.#buffer.set(value, this.#position);
      this.#position += value.length;
    }
  }

  /** Writes a short string if it is ASCII: a loop beats a call into Node's own encoder. */
  #ascii(value: string): boolean {
    const { length } = value;
    this.#reserve(length + 1);
    const buffer = this.#buffer;
    let position = this.#position;
    buffer[position++] = length;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return false;
      buffer[position++] = code;
    }
    this.#position = position;
    return true;
  }

  #compact(): Uint8Array {
    const bytes = Buffer.allocUnsafe(this.#position);
    this.#buffer.copy(bytes, 0, 0, this.#position);
    return bytes;
  }

  #piecesAfter(start: number): number {
    let sum = 0;
    for (let index = this.#pieces.length - 1; index >= 0; index--) {
      const { at, bytes } = this.#pieces[index] as LargePiece;
      if (at <= start) break;
      sum += bytes.length;
    }
    return sum;
  }

  #reserve(count: number): void {
    if (this.#position + count > this.#buffer.length) this.#grow(count);
  }

  #grow(count: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#position + count));
    this.#buffer.copy(larger, 0, 0, this.#position);
    this.#buffer = larger;
  }
}
