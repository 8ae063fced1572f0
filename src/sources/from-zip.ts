import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { assertString, invalidArgument, invalidRequest } from '../base/assert';
import { maxVideoBytes } from '../base/limits';
import { decodeText } from '../inputs/decode-text';
import type { InputLiteral } from '../inputs/input-like';
import { mediaKindOfBytes, mediaKindOfName } from '../inputs/media-kind';
import type { Lease, Source, SourceReadOptions } from '../ingestion/source';
import { assertFileOptions, type FileOptions, isHidden, labelsOf } from './file-options';
import { loadYauzl, type Yauzl, type ZipEntry, type ZipFile } from './zip-file';

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
  const yauzl = loadYauzl();
  return { read: (reading) => readEntries(yauzl, file, options, reading) };
}

async function* readEntries(
  yauzl: Yauzl,
  file: string,
  options: FileOptions,
  { after }: SourceReadOptions,
): AsyncGenerator<Lease, void, undefined> {
  const { filter = () => true, hidden = false, keyPrefix = '' } = options;
  const done = after === undefined ? -1 : toIndex(after);
  // Names are decoded and judged here: a bad one is to be one rejected item, and not the end of the archive.
  const zip = await yauzl.openPromise(file, { decodeStrings: false }).catch((cause: unknown) => {
    throw invalidArgument('file', 'a zip archive that can be read', file, { cause });
  });
  let index = -1;
  for await (const entry of zip.eachEntry()) {
    index += 1;
    const { fileNameRaw, generalPurposeBitFlag, extraFields } = entry;
    const path = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
    if (index <= done || path.endsWith('/') || !filter(path)) continue;
    if (!hidden && path.split('/').some(isHidden)) continue;
    const input = await inputOf(zip, entry, path, yauzl.validateFileName(path), options).catch((cause: unknown) =>
      unreadable(file, path, cause),
    );
    yield { input, key: `${keyPrefix}${path}`, cursor: `${index}` };
  }
}

async function inputOf(
  zip: ZipFile,
  entry: ZipEntry,
  path: string,
  badName: string | null,
  options: FileOptions,
): Promise<InputLiteral> {
  if (badName !== null) throw new Error(badName);
  // Before reading: yauzl stops a file that turns out to be larger than its entry says.
  if (entry.uncompressedSize > maxVideoBytes) throw new Error(`it is larger than ${maxVideoBytes} bytes`);
  const bytes = await buffer(await zip.openReadStreamPromise(entry));
  if (crc32(bytes) !== entry.crc32) throw new Error('its checksum is wrong');
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
