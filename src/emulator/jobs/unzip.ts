import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { optionalPackage } from '../../base/optional-package';
import type { ArchivedFile } from './archived-file';

/** The part of yauzl that is used here: the package has no types of its own. */
interface Zip {
  readEntry(): void;
  openReadStream(entry: ZipEntry, callback: (error: Error | null, stream?: Readable) => void): void;
  on(event: 'entry', listener: (entry: ZipEntry) => void): void;
  on(event: 'end', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
}

interface ZipEntry {
  readonly fileName: string;
}

interface Yauzl {
  readonly fromBuffer: (
    bytes: Buffer,
    options: { readonly lazyEntries: true },
    callback: (error: Error | null, zip?: Zip) => void,
  ) => void;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/** The files of a zip archive; rejects for bytes that are not one. */
export function unzip(bytes: Uint8Array): Promise<ArchivedFile[]> {
  const { fromBuffer } = optionalPackage(
    'yauzl',
    'Inputs from archives need',
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the emulator
    () => require('yauzl') as Yauzl,
  );
  const files: ArchivedFile[] = [];
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (zip === undefined) return reject(error ?? new Error('Not a zip archive'));
      zip.on('error', reject);
      zip.on('end', () => resolve(files));
      zip.on('entry', (entry) => {
        readEntry(zip, entry).then((file) => {
          if (file !== undefined) files.push(file);
          zip.readEntry();
        }, reject);
      });
      zip.readEntry();
    });
  });
}

function readEntry(zip: Zip, entry: ZipEntry): Promise<ArchivedFile | undefined> {
  if (entry.fileName.endsWith('/')) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (stream === undefined) return reject(error ?? new Error(`Could not read ${entry.fileName}`));
      buffer(stream).then((bytes) => resolve({ name: entry.fileName, bytes }), reject);
    });
  });
}
