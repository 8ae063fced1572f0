import { EncodeError } from './errors';

// Bytes of this length and more are not written but noted, and copied once into the finished message: a copy costs more
// than the note from about here on.
const largeBytes = 2048;

// What is left of the buffer from one message to the next, at most, and what a new one begins with.
const mostLeftBytes = 256 * 1024;
const firstBytes = 8192;

// Messages of at most this length that are kept stay side by side in the buffer: one of its own for each would take more
// memory than they do.
const mostSharedBytes = 1024;

interface LargePiece {
  /** Where in the buffer the piece belongs, counted from where the message begins. */
  at: number;
  readonly bytes: Uint8Array;
}

/** Bytes that were written, the large pieces still apart. */
export interface Content {
  /** Has the bytes from `start` to `end`, and maybe other messages around them. */
  readonly buffer: Buffer;
  /** Where the tag and the length lie that precede the message in a list; `start` when there are none, as before large pieces. */
  readonly frame: number;
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Readonly<LargePiece>[];
}

const noPieces: readonly never[] = Object.freeze([]);

/**
 * The bytes of a message in the making: a growing buffer, and large pieces that lie between its bytes.
 *
 * The length of a nested message is only known at its end. One byte is kept free for it; a longer message is moved up to make room, which never moves the large pieces.
 */
export class Output {
  #buffer: Buffer = Buffer.allocUnsafeSlow(firstBytes);
  /** Where that ends which was kept. */
  #kept = 0;
  /** Where the message begins: there, or behind what precedes it in a list. */
  #start = 0;
  #position = 0;
  #pieces: LargePiece[] = [];

  get length(): number {
    return this.#position - this.#start + this.#piecesAfter(-1);
  }

  toBytes(): Uint8Array {
    if (this.#pieces.length === 0) return this.#compact();
    const bytes = Buffer.allocUnsafe(this.length);
    let from = this.#start;
    let to = 0;
    for (const { at, bytes: piece } of this.#pieces) {
      const end = this.#start + at;
      to += this.#buffer.copy(bytes, to, from, end);
      bytes.set(piece, to);
      to += piece.length;
      from = end;
    }
    this.#buffer.copy(bytes, to, from, this.#position);
    return bytes;
  }

  /** As `toBytes`, but not copied where that can be avoided: valid until the next write. */
  view(): Uint8Array {
    return this.#pieces.length === 0 ? this.#buffer.subarray(this.#start, this.#position) : this.toBytes();
  }

  /** Leaves room for what precedes the message in a list, its tag (of one byte) and its length. To be called before all else. */
  frame(tag: number): void {
    this.varint32(tag);
    this.#reserve(1);
    this.#start = ++this.#position;
  }

  keep(): Content {
    const pieces = this.#pieces.length === 0 ? noPieces : this.#pieces;
    const length = this.#position - this.#start;
    if (length > mostSharedBytes || this.#buffer.length > firstBytes) {
      const buffer = this.#compact();
      // The buffer has grown for another: those that are small again are to lie side by side again.
      if (length <= mostSharedBytes) this.#renew();
      return { buffer, frame: 0, start: 0, end: length, pieces };
    }
    const isFramed = this.#start > this.#kept && pieces === noPieces;
    if (isFramed) this.#closeFrame(length);
    const frame = isFramed ? this.#kept : this.#start;
    this.#kept = this.#position;
    return { buffer: this.#buffer, frame, start: this.#start, end: this.#position, pieces };
  }

  #closeFrame(length: number): void {
    if (length < 0x80) {
      this.#buffer[this.#start - 1] = length;
      return;
    }
    // One byte more than there is room for.
    this.#reserve(1);
    this.#buffer.copyWithin(this.#start + 1, this.#start, this.#position++);
    this.#buffer[this.#start - 1] = (length & 0x7f) | 0x80;
    this.#buffer[this.#start++] = length >>> 7;
  }

  /** Adds what another output kept. */
  add(buffer: Buffer, start: number, end: number, pieces: Content['pieces']): void {
    let from = start;
    for (const { at, bytes } of pieces) {
      this.copy(buffer, from, start + at);
      this.raw(bytes);
      from = start + at;
    }
    this.copy(buffer, from, end);
  }

  /** Adds bytes of a buffer. */
  copy(from: Buffer, start: number, end: number): void {
    if (end - start >= largeBytes) return this.raw(from.subarray(start, end));
    this.#reserve(end - start);
    this.#position += from.copy(this.#buffer, this.#position, start, end);
  }

  /** Forgets what was written, but for what was kept. */
  reset(): void {
    const { length } = this.#buffer;
    if (length > mostLeftBytes || (this.#kept > 0 && length - this.#kept < mostSharedBytes)) this.#renew();
    if (this.#pieces.length > 0) this.#pieces = [];
    this.#position = this.#start = this.#kept;
  }

  /** Begins a length-delimited value; what it returns goes to `close`. */
  open(): number {
    this.#reserve(1);
    return this.#position++;
  }

  close(start: number): void {
    const length = this.#position - start - 1 + (this.#pieces.length > 0 ? this.#piecesAfter(start - this.#start) : 0);
    if (length < 0x80) {
      this.#buffer[start] = length;
      return;
    }
    const extra = length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : length < 0x1000_0000 ? 3 : 4;
    this.#reserve(extra);
    this.#buffer.copyWithin(start + 1 + extra, start + 1, this.#position);
    for (let index = this.#pieces.length - 1; index >= 0; index--) {
      const piece = this.#pieces[index] as LargePiece;
      if (piece.at <= start - this.#start) break;
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
      this.#pieces.push({ at: this.#position - this.#start, bytes: value });
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

  #compact(): Buffer {
    const bytes = Buffer.allocUnsafe(this.#position - this.#start);
    this.#buffer.copy(bytes, 0, this.#start, this.#position);
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

  #renew(): void {
    this.#buffer = Buffer.allocUnsafeSlow(firstBytes);
    this.#kept = 0;
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
