import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { invalidArgument, invalidRequest } from '../base/assert';
import type { Place } from './cursor';

/** A line of a file, without its line feed. */
export interface Line {
  /** `undefined` when it is longer than a line may be, or not UTF-8; then `fault` says which. */
  readonly text: string | undefined;
  readonly fault?: string;
  /** From 1. */
  readonly number: number;
  /** Where the next line begins. */
  readonly next: Place;
}

/** A line may hold a text of 20 MiB, and its quotes doubled. */
const maxLineBytes: number = 64 * 1024 * 1024;

const lineFeed = 0x0a;

/** The lines of a file from a place on, a block of them for each piece that is read: no more than that is in memory. */
export async function* linesOf(
  file: string,
  from: Place,
  signal: AbortSignal,
): AsyncGenerator<readonly Line[], void, undefined> {
  const splitter = new Splitter(from);
  for await (const piece of piecesOf(file, from.offset, signal)) {
    const lines = splitter.lines(piece);
    if (lines.length > 0) yield lines;
  }
  const last = splitter.rest();
  if (last !== undefined) yield [last];
}

async function* piecesOf(file: string, start: number, signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const handle = await open(file).catch((cause: unknown) => {
    throw invalidArgument('file', 'a file that can be read', file, { cause });
  });
  // The stream closes the file at its end, and when it is left early.
  for await (const piece of handle.createReadStream({ start, highWaterMark: 256 * 1024, signal })) {
    yield piece as Buffer;
  }
}

class Splitter {
  #place: Place;
  #begun: Buffer[] = [];
  #begunBytes = 0;

  constructor(from: Place) {
    this.#place = from;
  }

  lines(piece: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, start)) {
      this.#begin(piece.subarray(start, end));
      lines.push(this.#end(1));
      start = end + 1;
    }
    this.#begin(piece.subarray(start));
    return lines;
  }

  /** What stands behind the last line feed. */
  rest(): Line | undefined {
    return this.#begunBytes === 0 ? undefined : this.#end(0);
  }

  #begin(piece: Buffer): void {
    this.#begunBytes += piece.length;
    // What is too long is counted, and not kept.
    if (this.#begunBytes > maxLineBytes) this.#begun = [];
    else if (piece.length > 0) this.#begun.push(piece);
  }

  #end(endBytes: number): Line {
    const { offset, line: number } = this.#place;
    const next = { offset: offset + this.#begunBytes + endBytes, line: number + 1 };
    const isTooLong = this.#begunBytes > maxLineBytes;
    const [only] = this.#begun;
    let bytes = this.#begun.length === 1 && only !== undefined ? only : Buffer.concat(this.#begun);
    this.#place = next;
    this.#begun = [];
    this.#begunBytes = 0;
    if (isTooLong) return { text: undefined, fault: `is longer than ${maxLineBytes} bytes`, number, next };
    if (offset === 0) bytes = withoutMark(bytes);
    return isUtf8(bytes)
      ? { text: bytes.toString('utf8'), number, next }
      : { text: undefined, fault: 'is not UTF-8', number, next };
  }
}

/** Spreadsheets put a byte order mark before UTF-8. */
function withoutMark(bytes: Buffer): Buffer {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    throw invalidRequest('Expected the file to be UTF-8, got UTF-16: save it as "CSV UTF-8"');
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
