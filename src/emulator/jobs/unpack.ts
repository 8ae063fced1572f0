import { gunzipSync } from 'node:zlib';
import type { ArchivedFile } from './archived-file';
import { isTar, untar } from './untar';
import { isZip, unzip } from './unzip';

/** An upload is no larger, and neither is what comes out of one. */
const mostBytes = 2 ** 31;

/** What turned out to be in a file. */
export interface Unpacked {
  readonly files: readonly ArchivedFile[];
  readonly isArchive: boolean;
}

/** The files in a zip or tar archive, compressed with gzip or not; any other file is alone. Rejects for damaged archives. */
export async function unpack(name: string, bytes: Uint8Array): Promise<Unpacked> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzip ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes;
  if (isZip(plain)) return { files: await unzip(plain), isArchive: true };
  if (isTar(plain)) return { files: untar(plain), isArchive: true };
  return { files: [{ name: isGzip ? name.replace(/\.gz$/, '') : name, bytes: plain }], isArchive: false };
}
