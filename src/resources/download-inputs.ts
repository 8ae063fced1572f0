import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertInteger, assertString } from '../base/assert';
import { ClarifaiError, NotFoundError } from '../base/errors';
import { toClarifaiError } from '../base/to-clarifai-error';
import { download, type DownloadContext, type DownloadOptions } from '../downloads/download';
import type { Input } from '../ingestion/outcome';
import type { MediaKind } from '../inputs/media-kind';
import { mapConcurrent } from '../operations/map-concurrent';
import type { Outcome } from '../operations/outcome';
import { type HostedSize, type InputFile, inputFiles } from './input-files';
  /** Id of the input. */

export interface DownloadInputsOptions extends Omit<DownloadOptions, 'onProgress'> {
  /** Downloads at once. @default 8 */
  readonly concurrency?: number | undefined;
  /** Size of pictures; what is not hosted in this size comes as it was sent. @default 'orig' */
  readonly size?: HostedSize | undefined;
}

/** What was written of an input. */
export interface DownloadedInput {
  readonly id: string;
  readonly files: readonly { readonly kind: MediaKind; readonly file: string }[];
}

const defaultConcurrency = 8;

/**
 * Writes the media of inputs into a folder, several at a time, and yields one outcome an input, in their order. A file that is
 * there already is left as it is, so that an interrupted download goes on where it stopped.
 */
export async function* downloadInputs(
  context: DownloadContext,
  inputs: Iterable<Input> | AsyncIterable<Input>,
  folder: string,
  options: DownloadInputsOptions = {},
): AsyncGenerator<Outcome<DownloadedInput>, void, undefined> {
  const { concurrency = defaultConcurrency, size, ...each } = options;
  assertString(folder, 'folder', { nonEmpty: true });
  assertInteger(concurrency, 'concurrency', { min: 1 });
  await mkdir(folder, { recursive: true });
  yield* mapConcurrent(
    inputs,
    async (input, { index, signal }): Promise<Outcome<DownloadedInput>> => {
      const { id } = input;
      try {
        const files = inputFiles(input, size);
        if (files.length === 0) throw nothingToDownload(id);
        const written = files.map(({ kind, name }) => ({ kind, file: join(folder, name) }));
        await Promise.all(files.map((file) => writeInputFile(context, file, folder, { ...each, signal })));
        return { index, id, ok: true, value: { id, files: written } };
      } catch (error) {
        if (signal.aborted) throw error;
        // A full disk is no matter of one input.
        if (!(error instanceof ClarifaiError)) throw error;
        return { index, id, ok: false, error: toClarifaiError(error, {}) };
      }
    },
    { concurrency, signal: each.signal },
  );
}

async function writeInputFile(
  context: DownloadContext,
  { name, content }: InputFile,
  folder: string,
  options: DownloadOptions,
): Promise<void> {
  const file = join(folder, name);
  if (await isThere(file)) return;
  if ('url' in content) return download(context, content.url, file, options);
  await writeFile(`${file}.part`, content.text);
  await rename(`${file}.part`, file);
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function nothingToDownload(id: string): NotFoundError {
  return new NotFoundError(`The input ${id} has no medium that could be downloaded`, {
    code: 'NOTHING_TO_DOWNLOAD',
    source: 'client',
    category: 'rejected',
  });
}
