import { join } from 'node:path';
import { invalidRequest } from '../../base/assert';
import type { InvalidRequestError } from '../../base/errors';
import { encodeFrame, readFrames } from './frame';
import type { JournalFile, JournalFiles } from './journal-files';
import { decodeHeader, encodeHeader, type JournalHeader } from './records';

/** A file of a journal: a header, and then frames of either records (`log`) or digests (`done`). */
export interface Segment {
  readonly header: JournalHeader;
  readonly payloads: readonly Buffer[];
  /** Where the last whole frame ends. */
  readonly end: number;
}

const partialName = /^(log|done)-\d{6,}\.partial$/;
const segmentName = /^(log|done)-(\d{6,})$/;

export function nameOf(kind: 'log' | 'done', number: number): string {
  return `${kind}-${String(number).padStart(6, '0')}`;
}

export function isPartial(name: string): boolean {
  return partialName.test(name);
}

/** The numbers of the segments of one kind, upwards. */
export function numbersOf(kind: 'log' | 'done', names: readonly string[]): readonly number[] {
  return names
    .map((name) => segmentName.exec(name))
    .filter((match) => match?.[1] === kind)
    .map((match) => Number(match?.[2]))
    .sort((a, b) => a - b);
}

export function isSegment(name: string): boolean {
  return segmentName.test(name);
}

/**
 * Reads a segment up to its last whole frame.
 *
 * @throws InvalidRequestError when it is damaged anywhere else than at its end
 */
export async function readSegment(files: JournalFiles, path: string, mayBeTorn: boolean): Promise<Segment> {
  const bytes = await files.read(path);
  const { payloads, end, wholeAfterEnd } = readFrames(bytes);
  const isDamaged = mayBeTorn ? wholeAfterEnd !== undefined : end !== bytes.length;
  if (isDamaged) throw damaged(path, `no whole record at byte ${end}`);
  const [header, ...rest] = payloads;
  return { header: decodeHeader(header, path), payloads: rest, end };
}

export function damaged(path: string, how: string): InvalidRequestError {
  const advice =
    'Inputs with ids of their own, or ids made from their content, can be read again from the start with a new journal: ' +
    'what the app has is not added twice';
  return invalidRequest(`The journal is damaged: ${path}: ${how}. ${advice}`, { code: 'JOURNAL_CORRUPT' });
}

/** Writes a whole segment, which is there either in full or not at all, whenever the power is cut. Resolves with its size. */
export async function writeSegment(
  files: JournalFiles,
  directory: string,
  name: string,
  header: JournalHeader,
  payloads: readonly Uint8Array[],
): Promise<number> {
  const path = join(directory, name);
  const partial = `${path}.partial`;
  const file = await files.create(partial);
  let size = 0;
  try {
    for (const payload of [encodeHeader(header), ...payloads]) {
      const frame = encodeFrame(payload);
      await appendAll(file, frame);
      size += frame.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(partial, path);
  await files.syncDirectory(directory);
  return size;
}

/** A disk may take fewer bytes than it is given. */
export async function appendAll(file: JournalFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const written = await file.append(bytes.subarray(done));
    if (written === 0) throw new Error(`The disk took ${done} of ${bytes.length} bytes`);
    done += written;
  }
}
