import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { invalidArgument } from '../base/assert';
import { optionalPackage } from '../base/optional-package';

/** A file in an archive. */
export interface ZippedFile {
  /** With slashes, as the archive has it, however bad. */
  readonly path: string;
  /** Size that the archive promises. */
  readonly sizeBytes: number;
  /**
   * Its bytes, as they are unpacked.
   *
   * @throws Error when the path leads out of the archive's folder, and when the file is encrypted, damaged or of another size
   */
  read(): AsyncIterable<Uint8Array>;
}

/** A zip archive on the disk. */
export class ZipArchive {
  readonly #path: string;
  readonly #yauzl: Yauzl;

  /** Needs the package yauzl. */
  constructor(path: string) {
    this.#path = path;
    this.#yauzl = optionalPackage(
      'yauzl',
      'Zip archives need',
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the client
      () => require('yauzl') as Yauzl,
    );
  }

  /**
   * The files in the order of the archive's directory, of which one entry is in memory at a time. A file is to be read before
   * the next one is asked for.
   *
   * @param name of the argument that the archive came in, for errors
   * @throws InvalidRequestError for a file that is no zip archive
   */
  async *files(name: string): AsyncGenerator<ZippedFile, void, undefined> {
    // Names are decoded and judged here: a bad one is to be one bad file, and not the end of the archive.
    const zip = await this.#yauzl.openPromise(this.#path, { decodeStrings: false }).catch((cause: unknown) => {
      throw invalidArgument(name, 'a zip archive that can be read', this.#path, { cause });
    });
    for await (const entry of zip.eachEntry()) {
      const { fileNameRaw, generalPurposeBitFlag, extraFields, uncompressedSize: sizeBytes } = entry;
      const path = this.#yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
      if (!path.endsWith('/')) yield { path, sizeBytes, read: () => this.#read(zip, entry, path) };
    }
  }

  async *#read(zip: ZipFile, entry: ZipEntry, path: string): AsyncGenerator<Uint8Array, void, undefined> {
    const badName = this.#yauzl.validateFileName(path);
    if (badName !== null) throw new Error(badName);
    let checksum = 0;
    for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      checksum = crc32(piece, checksum);
      yield piece;
    }
    if (checksum !== entry.crc32) throw new Error('its checksum is wrong');
  }
}

/** The part of yauzl that is used here: the package has no types of its own. */
interface Yauzl {
  openPromise(path: string, options: { readonly decodeStrings: false }): Promise<ZipFile>;
  getFileNameLowLevel(flags: number, name: Buffer, extraFields: unknown, strict: boolean): string;
  /** What is wrong with a name, such as that it leads out of the archive's folder. */
  validateFileName(name: string): string | null;
}

interface ZipFile {
  eachEntry(): AsyncIterable<ZipEntry>;
  openReadStreamPromise(entry: ZipEntry): Promise<Readable>;
}

interface ZipEntry {
  readonly fileNameRaw: Buffer;
  readonly generalPurposeBitFlag: number;
  readonly extraFields: unknown;
  readonly uncompressedSize: number;
  readonly crc32: number;
}
