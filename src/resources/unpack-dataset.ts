import { join } from 'node:path';
import { assertArray, assertString } from '../base/assert';
import type { DownloadContext } from '../downloads/download';
import type { Input } from '../ingestion/outcome';
import type { Outcome } from '../operations/outcome';
import { archivedInputs, type ArchivedInput } from './dataset-archive';
import { fileName } from './input-files';
import { mapInputs } from './map-inputs';
import { Turns } from './turns';
import { isThere, writeWhole } from './write-file';
import { type MediaFile, type DownloadInputsOptions, writeMedia } from './write-media';

/** How an archive of a dataset is unpacked. */
export interface UnpackOptions extends DownloadInputsOptions {
  /** Parts of the dataset that are wanted, such as `train`. @default all */
  readonly splits?: readonly string[] | undefined;
}

/** An input of an archive, as it is on the disk now. */
export interface UnpackedInput {
  /** Id of the input. */
  readonly id: string;
  /** Part of the dataset that it is of, such as `train`. */
  readonly split: string;
  /** Its media. */
  readonly files: readonly MediaFile[];
  /** File of what is said of the input, as JSON. */
  readonly annotations: string;
}

/** See `DatasetVersions.unpackArchive`. */
export async function* unpackDataset(
  context: DownloadContext,
  archive: string,
  folder: string,
  { splits, concurrency, ...options }: UnpackOptions,
): AsyncGenerator<Outcome<UnpackedInput>, void, undefined> {
  assertString(archive, 'archive', { nonEmpty: true });
  assertString(folder, 'folder', { nonEmpty: true });
  if (splits !== undefined) assertArray(splits, 'splits', 'an array of names, such as train');
  // An input that is in the archive twice is written once.
  const turns = new Turns();
  yield* mapInputs(
    archivedInputs(archive, splits),
    ({ input }) => input.id,
    async ({ split, input }, signal) =>
      turns.take(`${split}/${input.id}`, () =>
        unpackInput(context, input, join(folder, split), split, { ...options, signal }),
      ),
    { concurrency, signal: options.signal },
  );
}

async function unpackInput(
  context: DownloadContext,
  input: Input,
  folder: string,
  split: ArchivedInput['split'],
  options: Omit<DownloadInputsOptions, 'concurrency'>,
): Promise<UnpackedInput> {
  const annotations = join(folder, 'annotations', fileName(input.id, 'json'));
  const files = await writeMedia(context, input, join(folder, 'inputs'), options);
  if (!(await isThere(annotations))) await writeWhole(annotations, annotationsOf(input));
  return { id: input.id, split, files, annotations };
}

/** What is said of an input: its data without its media, as JSON; fields that hold nothing are left out. */
function annotationsOf({ id, data }: Input): string {
  const { image: _image, video: _video, audio: _audio, text: _text, ...said } = data ?? {};
  return `${JSON.stringify({ id, ...fieldsOf(said) })}\n`;
}

/** Fields whose content is the caller's own JSON. */
const jsonFields = ['metadata', 'structValue'];

/** Fields that every Data has, and that say something only when they are not 0: of a concept or a box 0 says something. */
const numbers = ['intValue', 'floatValue'];

function fieldsOf(message: object): object {
  const fields = Object.entries(message).filter(
    ([name, value]) => !isEmpty(value) && !(value === 0 && numbers.includes(name)),
  );
  return Object.fromEntries(
    fields.map(([name, value]) => [name, jsonFields.includes(name) ? (value as unknown) : toJson(value)]),
  );
}

function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? fieldsOf(value) : value;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === false || value === '') return true;
  return (Array.isArray(value) || value instanceof Uint8Array) && value.length === 0;
}
