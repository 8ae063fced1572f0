import { dirname, resolve } from 'node:path';
import { assertObject, assertString } from '../base/assert';
import { ClarifaiError } from '../base/errors';
import type { InputLiteral } from '../inputs/input-like';
import type { Lease, Source, SourceReadOptions } from '../ingestion/source';
import { isPlainObject } from '../wire/plain-object';
import { fromCursor, toCursor } from './cursor';
import { type Line, linesOf } from './lines';
import { assertRowOptions, BadCell, columns, type RowOptions, rowOptionNames, toLabels, toMedium } from './row';
import { understand } from './understand';

/**
 * The lines of a JSON Lines (NDJSON) file as inputs. A line is an object: an input as this client takes it (`id`, `url`,
 * `file`, `image`, `text`, `concepts`, `metadata`, `geo` ...), or one with the columns of `fromCsv`, whose `concepts` may be an
 * array, `metadata` an object and `geopoints` an array of two numbers. A line without an id gets one made from its content. The
 * file is read as the run goes on, and a resumed run goes on behind the last line that was done.
 *
 * @throws InvalidRequestError for a wrong option, and from the run for a file that cannot be read
 * @example
 * const run = clarifai.ingest(fromJsonLines('flowers.jsonl'));
 */
export function fromJsonLines(file: string, options: RowOptions = {}): Source {
  assertString(file, 'file', { nonEmpty: true });
  assertObject(options, 'options', rowOptionNames);
  assertRowOptions(options);
  return { read: (reading) => readLines(file, options, reading) };
}

async function* readLines(
  file: string,
  options: RowOptions,
  { after, signal }: SourceReadOptions,
): AsyncGenerator<Lease, void, undefined> {
  for await (const lines of linesOf(file, fromCursor(after), signal)) {
    for (const line of lines) {
      if (line.text?.trim() === '') continue;
      const place = { file, line: line.number };
      yield {
        input: understand(place, options, () => toInputLiteral(toJson(line), options, file)),
        cursor: toCursor(line.next),
      };
    }
  }
}

/** The fields of an input that a line may have beside the columns; `id` and `file` are other names of two of these. */
const ownFields = [
  'image',
  'video',
  'audio',
  'text',
  'geo',
  'datasetIds',
  'allowDuplicateUrl',
  'data',
] as const satisfies readonly (keyof InputLiteral)[];

const known: readonly string[] = [...columns, 'id', 'file', ...ownFields];

function toInputLiteral(json: Readonly<Record<string, unknown>>, options: RowOptions, file: string): InputLiteral {
  const { id, file: path, ...fields } = json;
  const row = { ...fields, ...(id !== undefined && { inputid: id }), ...(path !== undefined && { file_path: path }) };
  const own = Object.fromEntries(
    ownFields.filter((name) => name in json).map((name) => [name, seenFrom(file, json[name])]),
  );
  const medium = toMedium(row, options, file) ?? {};
  const twice = Object.keys(medium).find((name) => name in own);
  if (twice !== undefined) throw new BadCell(twice, 'is a second input');
  const isInput =
    ['image', 'video', 'audio', 'text', 'data'].some((name) => name in own) || Object.keys(medium).length > 0;
  if (!isInput) throw new BadCell(undefined, 'has no input, such as `url`, `file_path` or `raw`');
  return { ...toLabels(row, options), ...own, ...medium };
}

/** A medium whose path is seen from the folder of the file that names it. */
function seenFrom(file: string, value: unknown): unknown {
  if (!isPlainObject(value) || typeof value['file'] !== 'string') return value;
  return { ...value, file: resolve(dirname(file), value['file']) };
}

function toJson({ text, fault }: Line): Readonly<Record<string, unknown>> {
  if (text === undefined) throw new BadCell(undefined, fault ?? 'cannot be read');
  const json = parse(text);
  if (!isPlainObject(json)) throw new BadCell(undefined, 'is not a JSON object');
  assertKnown(json);
  return json;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    const column = at === undefined ? text.trimEnd().length + 1 : Number(at) + 1;
    throw new BadCell(column, 'is not JSON', { cause: error });
  }
}

function assertKnown(json: Readonly<Record<string, unknown>>): void {
  try {
    assertObject(json, 'the line', known);
  } catch (error) {
    if (!(error instanceof ClarifaiError)) throw error;
    throw new BadCell(undefined, error.message, { cause: error });
  }
}
