import { Readable } from 'node:stream';
import { optionalPackage } from '../../base/optional-package';

/** A file that goes into an archive, piece by piece, the same at each reading. */
export interface ZippedFile {
  readonly name: string;
  readonly pieces: () => Iterable<Uint8Array>;
}

interface EntryOptions {
  readonly compress: false;
  readonly mtime: Date;
}

/** The part of yazl that is used here: the package has no types of its own. */
interface ZipFile {
  readonly outputStream: Readable;
  addReadStreamLazy(
    name: string,
    options: EntryOptions,
    open: (callback: (error: Error | null, stream: Readable) => void) => void,
  ): void;
  end(): void;
}

interface Yazl {
  readonly ZipFile: new () => ZipFile;
}

function newZip(): ZipFile {
  const { ZipFile } = optionalPackage(
    'yazl',
    'Exports need',
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the emulator
    () => require('yazl') as Yazl,
  );
  return new ZipFile();
}

/** A zip archive as a stream. Nothing is compressed, so that the same files are the same bytes with any zlib. */
export function zip(files: Iterable<ZippedFile>, mtime: Date): Readable {
  const archive = newZip();
  for (const { name, pieces } of files) {
    archive.addReadStreamLazy(name, { compress: false, mtime }, (open) => {
      const source = Readable.from(pieces(), { objectMode: false });
      // The package listens to no stream that it is given: a failure would end the process.
      source.on('error', (error) => archive.outputStream.destroy(error));
      open(null, source);
    });
  }
  archive.end();
  return archive.outputStream;
}
