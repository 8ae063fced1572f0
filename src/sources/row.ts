import { dirname, resolve } from 'node:path';
import { assertOneOf } from '../base/assert';
import type { InputLiteral } from '../inputs/input-like';
import { assertInputId } from '../inputs/input-id';
import { type MediaKind, mediaKinds } from '../inputs/media-kind';
import { mediumAtUrl } from '../inputs/medium';
import { toConcepts, toGeo, toMetadata } from './cells';
import { assertDatasetIds } from './file-options';
import type { OnMalformed } from './malformed';

/** How the rows of a file are read. */
export interface RowOptions {
  /**
   * What the column `input` holds: a text, a URL, or the path of a file. Needed when there is such a column; columns named
   * `raw`, `url` and `file_path` say it themselves.
   */
  readonly inputColumn?: 'raw' | 'url' | 'file_path' | undefined;
  /** The kind of the media behind URLs and paths. @default told by a URL's extension (else an image), by a file's first bytes */
  readonly kind?: MediaKind | undefined;
  /** The order of the two numbers in `geopoints`. @default 'lon,lat' */
  readonly geopoints?: 'lon,lat' | 'lat,lon' | undefined;
  /** Datasets that all inputs join. */
  readonly datasetIds?: readonly string[] | undefined;
  /**
   * What becomes of a row that cannot be understood: `'reject'` makes it a rejected item whose error names file, line and
   * column, `'stop'` ends the run with that error. @default 'reject'
   */
  readonly onMalformed?: OnMalformed | undefined;
}

export const rowOptionNames: readonly (keyof RowOptions)[] = [
  'inputColumn',
  'kind',
  'geopoints',
  'datasetIds',
  'onMalformed',
];

export function assertRowOptions({ inputColumn, kind, geopoints, datasetIds, onMalformed }: RowOptions): void {
  if (inputColumn !== undefined) assertOneOf(inputColumn, 'inputColumn', ['raw', 'url', 'file_path']);
  if (kind !== undefined) assertOneOf(kind, 'kind', mediaKinds);
  if (geopoints !== undefined) assertOneOf(geopoints, 'geopoints', ['lon,lat', 'lat,lon']);
  if (onMalformed !== undefined) assertOneOf(onMalformed, 'onMalformed', ['reject', 'stop']);
  if (datasetIds !== undefined) assertDatasetIds(datasetIds);
}

/** The columns of Clarifai's SDK, and those that say by their name what `input` holds. */
export const columns = [
  'inputid',
  'input',
  'raw',
  'url',
  'file_path',
  'concepts',
  'labels',
  'metadata',
  'geopoints',
] as const;

export type Column = (typeof columns)[number];

/** The cells of a row, text or JSON; one that is empty is not there. */
export type Row = { readonly [Name in Column]?: unknown };

/** A cell that cannot be understood. */
export class BadCell extends Error {
  override readonly name = 'BadCell';

  constructor(
    /** Its name, or the number of a character in the line, from 1. */
    readonly column: string | number | undefined,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The input that a row describes.
 *
 * @param file where the row is from: paths in it are seen from there
 * @throws BadCell
 */
export function toLiteral(row: Row, options: RowOptions, file: string): InputLiteral {
  const medium = toMedium(row, options, file);
  if (medium === undefined) throw new BadCell(undefined, 'has no input: one of `input`, `raw`, `url` and `file_path`');
  return { ...medium, ...toLabels(row, options) };
}

/** Of a column `input` about which the options say nothing. */
export const unexplained = "may be a text, a URL or a path: say so with the option inputColumn: 'url'";

/** The one medium of a row, `undefined` when it has none. */
export function toMedium(row: Row, { inputColumn, kind }: RowOptions, file: string): InputLiteral | undefined {
  const given = (['input', 'raw', 'url', 'file_path'] as const).filter((column) => row[column] !== undefined);
  const [column] = given;
  if (column === undefined) return undefined;
  if (given.length > 1) throw new BadCell(given[1], `is a second input, beside \`${column}\``);
  const cell = row[column];
  if (typeof cell !== 'string') throw new BadCell(column, 'is not a string');
  switch (column === 'input' ? inputColumn : column) {
    case 'raw':
      return { text: { raw: cell } };
    case 'url':
      inCell(column, () => mediumAtUrl(cell, column));
      return kind === undefined ? { url: cell } : { [kind]: { url: cell } };
    case 'file_path': {
      const path = resolve(dirname(file), cell);
      return kind === undefined ? { file: path } : { [kind]: { file: path } };
    }
    case undefined:
      throw new BadCell('input', unexplained);
  }
}

/** All that a row says of its input, except what it is. */
export function toLabels(row: Row, { geopoints: order = 'lon,lat', datasetIds }: RowOptions): InputLiteral {
  const { inputid, concepts = row.labels, metadata, geopoints } = row;
  if (inputid !== undefined) inCell('inputid', () => assertInputId(inputid, 'inputid'));
  return {
    ...(typeof inputid === 'string' && { id: inputid }),
    ...(concepts !== undefined && { concepts: inCell('concepts', () => toConcepts(concepts)) }),
    ...(metadata !== undefined && { metadata: inCell('metadata', () => toMetadata(metadata)) }),
    ...(geopoints !== undefined && { geo: inCell('geopoints', () => toGeo(geopoints, order)) }),
    ...(datasetIds !== undefined && { datasetIds }),
  };
}

function inCell<T>(column: Column, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BadCell(column, error instanceof Error ? error.message : String(error), { cause: error });
  }
}
