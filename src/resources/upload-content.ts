import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { assertInteger, assertIterable, assertString, invalidArgument, invalidRequest } from '../base/assert';

/** What can be uploaded in parts: the path of a file, bytes, a Blob, or a stream of bytes whose length is known. */
export type UploadSource = string | Uint8Array | Blob | AsyncIterable<Uint8Array>;

/** A piece of a file, and where it belongs. */
export interface UploadPart {
  /** From 1. */
  readonly partNumber: number;
  /** Place of its first byte. */
  readonly rangeStart: number;
  readonly data: Uint8Array;
}

/** Something that is uploaded in parts. */
export interface UploadContent {
  readonly name: string;
  readonly sizeBytes: number;
  /** Of a file: what is different when it is another one than it was. */
  readonly changedAt: number | undefined;
  /**
   * Reads it part by part, each when it is asked for.
   *
   * @param isThere says which parts are not needed any more; asked once for each
   */
  parts(partBytes: number, isThere: (partNumber: number) => boolean): AsyncGenerator<UploadPart, void, undefined>;
}

/** What is told of content beside its bytes. */
export interface UploadContentOptions {
  /** What the service is to call it. @default the file's name, or `upload` */
  readonly name?: string | undefined;
  /** Bytes of a stream, which the service wants to know beforehand; of anything else it is known. */
  readonly sizeBytes?: number | undefined;
}

/**
 * Finds out what there is to upload.
 *
 * @param argument how errors call it
 * @throws InvalidRequestError for what is empty, cannot be read, or has no known length
 */
export async function openContent(
  source: UploadSource,
  argument: string,
  { name, sizeBytes }: UploadContentOptions,
): Promise<UploadContent> {
  if (name !== undefined) assertString(name, 'name', { nonEmpty: true });
  if (typeof source === 'string') {
    const { size, mtimeMs } = await statOf(source, argument);
    const parts: UploadContent['parts'] = (partBytes, isThere) => partsOfFile(source, size, partBytes, isThere);
    return { name: name ?? basename(source), sizeBytes: nonEmpty(size, argument, source), changedAt: mtimeMs, parts };
  }
  if (source instanceof Uint8Array || source instanceof Blob) {
    const size = source instanceof Blob ? source.size : source.length;
    const parts: UploadContent['parts'] = (partBytes, isThere) => partsOfMemory(source, size, partBytes, isThere);
    return { name: name ?? 'upload', sizeBytes: nonEmpty(size, argument, source), changedAt: undefined, parts };
  }
  assertIterable(source, argument);
  assertInteger(sizeBytes, 'sizeBytes', { min: 1 });
  const parts: UploadContent['parts'] = (partBytes) => partsOfStream(source, argument, sizeBytes, partBytes);
  return { name: name ?? 'upload', sizeBytes, changedAt: undefined, parts };
}

async function statOf(file: string, argument: string): Promise<{ readonly size: number; readonly mtimeMs: number }> {
  assertString(file, argument, { nonEmpty: true });
  const found = await stat(file).catch((cause: unknown) => {
    throw invalidArgument(argument, 'a file that can be read', file, { cause });
  });
  if (!found.isFile()) throw invalidArgument(argument, 'a file', file);
  return found;
}

function nonEmpty(size: number, argument: string, source: UploadSource): number {
  if (size === 0) throw invalidArgument(argument, 'at least one byte', source);
  return size;
}

/** Places of the parts that are still needed. */
function* ranges(size: number, partBytes: number, isThere: (partNumber: number) => boolean): Generator<Range> {
  for (let start = 0, partNumber = 1; start < size; start += partBytes, partNumber++) {
    if (!isThere(partNumber)) yield { partNumber, start, end: Math.min(start + partBytes, size) };
  }
}

interface Range {
  readonly partNumber: number;
  readonly start: number;
  readonly end: number;
}

async function* partsOfFile(
  file: string,
  size: number,
  partBytes: number,
  isThere: (partNumber: number) => boolean,
): AsyncGenerator<UploadPart, void, undefined> {
  const handle = await open(file);
  try {
    for (const { partNumber, start, end } of ranges(size, partBytes, isThere)) {
      const data = Buffer.allocUnsafeSlow(end - start);
      const { bytesRead } = await handle.read(data, 0, data.length, start);
      if (bytesRead < data.length) throw changed(`${file} got shorter while it was uploaded`);
      yield { partNumber, rangeStart: start, data };
    }
  } finally {
    await handle.close();
  }
}

async function* partsOfMemory(
  source: Uint8Array | Blob,
  size: number,
  partBytes: number,
  isThere: (partNumber: number) => boolean,
): AsyncGenerator<UploadPart, void, undefined> {
  for (const { partNumber, start, end } of ranges(size, partBytes, isThere)) {
    const data =
      source instanceof Blob
        ? new Uint8Array(await source.slice(start, end).arrayBuffer())
        : source.subarray(start, end);
    yield { partNumber, rangeStart: start, data };
  }
}

async function* partsOfStream(
  stream: AsyncIterable<Uint8Array>,
  argument: string,
  size: number,
  partBytes: number,
): AsyncGenerator<UploadPart, void, undefined> {
  let partNumber = 1;
  let start = 0;
  let data = Buffer.allocUnsafeSlow(Math.min(partBytes, size));
  let filled = 0;
  for await (const piece of stream) {
    if (!(piece instanceof Uint8Array)) throw invalidArgument(argument, 'a stream of bytes', piece);
    if (start + filled + piece.length > size) throw changed(`The stream holds more than \`sizeBytes\` (${size})`);
    for (let taken = 0; taken < piece.length;) {
      const some = piece.subarray(taken, taken + data.length - filled);
      data.set(some, filled);
      taken += some.length;
      filled += some.length;
      if (filled < data.length) continue;
      yield { partNumber, rangeStart: start, data };
      partNumber += 1;
      start += filled;
      filled = 0;
      data = Buffer.allocUnsafeSlow(Math.min(partBytes, size - start));
    }
  }
  if (start < size) throw changed(`The stream ended after ${start + filled} of ${size} bytes`);
}

function changed(message: string): Error {
  return invalidRequest(message, { code: 'CONTENT_CHANGED' });
}
