import { assertString } from '../base/assert';
import type { DownloadContext } from '../downloads/download';
import { nothingToDownload } from '../downloads/nothing-to-download';
import type { Input } from '../ingestion/outcome';
import type { Outcome } from '../operations/outcome';
import { mapInputs } from './map-inputs';
import { type MediaFile, type DownloadInputsOptions, writeMedia } from './write-media';

/** What was written of an input. */
export interface DownloadedInput {
  /** Id of the input. */
  readonly id: string;
  /** The files that were written, one for each of its media. */
  readonly files: readonly MediaFile[];
}

/**
 * Writes the media of inputs into a folder, several at a time, and yields one outcome an input, in their order. A file that is
 * there already is left as it is, so that an interrupted download goes on where it stopped.
 */
export async function* downloadInputs(
  context: DownloadContext,
  inputs: Iterable<Input> | AsyncIterable<Input>,
  folder: string,
  { concurrency, ...options }: DownloadInputsOptions,
): AsyncGenerator<Outcome<DownloadedInput>, void, undefined> {
  assertString(folder, 'folder', { nonEmpty: true });
  yield* mapInputs(
    inputs,
    ({ id }) => id,
    async (input, signal) => {
      const files = await writeMedia(context, input, folder, { ...options, signal });
      if (files.length === 0) throw nothingToDownload(`The input ${input.id} has no medium that could be downloaded`);
      return { id: input.id, files };
    },
    { concurrency, signal: options.signal },
  );
}
