import { join, resolve } from 'node:path';
import { assertString, invalidArgument } from '../base/assert';
import type { Lease, Source, SourceReadOptions } from '../ingestion/source';
import { assertFileOptions, type FileOptions, isHidden, labelsOf } from './file-options';
import { walk } from './walk';

/**
 * The files below a folder as inputs, in the order of their paths. What a file is, its first bytes say, and of a text its
 * extension. Files are read one by one, when the run has room for them; one that cannot be read, or is of no kind that the
 * service takes, is a rejected item. Links are followed, but not in circles. The ids are made from the paths within the folder,
 * so that no two files get the same and the same file always does. A resumed run goes on behind the last file that was done.
 *
 * @throws InvalidRequestError for a wrong option, and from the run for a folder that cannot be read
 * @example
 * const run = clarifai.ingest(fromFolder('photos', { labels: true }));
 */
export function fromFolder(folder: string, options: FileOptions = {}): Source {
  assertString(folder, 'folder', { nonEmpty: true });
  assertFileOptions(options);
  const root = resolve(folder);
  return { read: (reading) => readFiles(root, options, reading) };
}

async function* readFiles(
  root: string,
  options: FileOptions,
  { after, signal }: SourceReadOptions,
): AsyncGenerator<Lease, void, undefined> {
  const { filter = () => true, hidden = false, keyPrefix = '' } = options;
  const skips = (name: string): boolean => !hidden && isHidden(name);
  for await (const { path, fault } of walk({ root, skips, signal }, after)) {
    const file = join(root, path);
    if (path === '') throw invalidArgument('folder', 'a folder that can be read', root, { cause: fault?.cause });
    if (!filter(path)) continue;
    const input =
      fault === undefined
        ? { file, ...labelsOf(file, options) }
        : invalidArgument('folder', fault.expected, file, { cause: fault.cause });
    yield { input, key: `${keyPrefix}${path}`, cursor: path };
  }
}
