import { buffer } from 'node:stream/consumers';
import { ZipArchive, type ZippedFile } from '../archives/zip-archive';
import { assertString, invalidArgument, invalidRequest } from '../base/assert';
import { maxVideoBytes } from '../base/limits';
import { decodeText } from '../inputs/decode-text';
import type { InputLiteral } from '../inputs/input-like';
import { mediaKindOfBytes, mediaKindOfName } from '../inputs/media-kind';
import type { Lease, Source, SourceReadOptions } from '../ingestion/source';
import { assertFileOptions, type FileOptions, isHidden, labelsOf } from './file-options';

/**
 * The files of a zip archive as inputs, in the order of its directory, without unpacking it: each is read when the run has room
 * for it. What a file is, its first bytes say, and of a text its extension. One that is encrypted, damaged, larger than an input
 * may be, or has a path that leads out of the archive is a rejected item. The ids are made from the paths. A resumed run goes on
 * behind the last file that was done. Needs the package yauzl.
 *
 * @throws InvalidRequestError for a wrong option, and from the run for a file that is no zip archive
 * @example
 * const run = clarifai.ingest(fromZip('photos.zip'));
 */
export function fromZip(file: string, options: FileOptions = {}): Source {
  assertString(file, 'file', { nonEmpty: true });
  assertFileOptions(options);
  const archive = new ZipArchive(file);
  return { read: (reading) => readEntries(archive, file, options, reading) };
}

async function* readEntries(
  archive: ZipArchive,
  file: string,
  options: FileOptions,
  { after }: SourceReadOptions,
): AsyncGenerator<Lease, void, undefined> {
  const { filter = () => true, hidden = false, keyPrefix = '' } = options;
  const done = after === undefined ? -1 : toIndex(after);
  let index = -1;
  for await (const zipped of archive.files('file')) {
    const { path } = zipped;
    index += 1;
    if (index <= done || !filter(path)) continue;
    if (!hidden && path.split('/').some(isHidden)) continue;
    const input = await inputOf(zipped, options).catch((cause: unknown) => unreadable(file, path, cause));
    yield { input, key: `${keyPrefix}${path}`, cursor: `${index}` };
  }
}

async function inputOf(zipped: ZippedFile, options: FileOptions): Promise<InputLiteral> {
  const { path, sizeBytes } = zipped;
  // Before reading: a file that turns out to be larger than the archive says is stopped.
  if (sizeBytes > maxVideoBytes) throw new Error(`it is larger than ${maxVideoBytes} bytes`);
  const bytes = await buffer(zipped.read());
  if (mediaKindOfBytes(bytes) !== undefined) return { bytes, ...labelsOf(path, options) };
  if (mediaKindOfName(path) !== 'text') throw new Error('its first bytes are of no kind that the service takes');
  return { text: decodeText(bytes, path), ...labelsOf(path, options) };
}

function unreadable(file: string, path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return invalidRequest(`${file}, file ${JSON.stringify(path)}: ${reason}`, { code: 'MALFORMED_ITEM', cause });
}

function toIndex(cursor: string): number {
  if (!/^\d+$/.test(cursor)) throw invalidArgument('after', 'a cursor of this source', cursor);
  return Number(cursor);
}
