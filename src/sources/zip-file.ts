import type { Readable } from 'node:stream';
import { optionalPackage } from '../base/optional-package';

/** The part of yauzl that is used here: the package has no types of its own. */
export interface Yauzl {
  openPromise(path: string, options: { readonly decodeStrings: false }): Promise<ZipFile>;
  getFileNameLowLevel(flags: number, name: Buffer, extraFields: unknown, strict: boolean): string;
  /** What is wrong with a name, such as that it leads out of the archive's folder. */
  validateFileName(name: string): string | null;
}

export interface ZipFile {
  eachEntry(): AsyncIterable<ZipEntry>;
  openReadStreamPromise(entry: ZipEntry): Promise<Readable>;
}

export interface ZipEntry {
  readonly fileNameRaw: Buffer;
  readonly generalPurposeBitFlag: number;
  readonly extraFields: unknown;
  readonly uncompressedSize: number;
  readonly crc32: number;
}

export function loadYauzl(): Yauzl {
  return optionalPackage(
    'yauzl',
    'Inputs from archives need',
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the client
    () => require('yauzl') as Yauzl,
  );
}
