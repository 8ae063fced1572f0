import { extname } from 'node:path';
import { assertObject, assertString, invalidArgument } from '../base/assert';
import type { Lease, Source, SourceReadOptions } from '../ingestion/source';
import { CsvFault, type CsvRecord, type ParseRecord, recordsOf } from './csv-records';
import { fromCursor, type Place, startOfFile, toCursor } from './cursor';
import { malformed } from './malformed';
import { recordParser } from './record-parser';
import {
  assertRowOptions,
  BadCell,
  columns,
  type Row,
  type RowOptions,
  rowOptionNames,
  toLiteral,
  unexplained,
} from './row';
import { understand } from './understand';

export interface CsvOptions extends RowOptions {
  /** What stands between two cells. @default a tab for a file whose name ends in .tsv, else a comma */
  readonly delimiter?: string | undefined;
}

/**
 * The rows of a CSV or TSV file as inputs. Its first row names the columns: `inputid`, one of `input`, `raw`, `url` and
 * `file_path`, `concepts` (`cat|dog` or `cat,dog`), `metadata` (JSON) and `geopoints` (`lon,lat`), which may be empty. A row
 * without an id gets one made from its content. The file is read as the run goes on, and a resumed run goes on behind the
 * last row that was done. Needs the package csv-parse.
 *
 * @throws InvalidRequestError for a wrong option, and from the run for a file that cannot be read or has other columns
 * @example
 * const run = clarifai.ingest(fromCsv('flowers.csv', { inputColumn: 'url' }));
 */
export function fromCsv(file: string, options: CsvOptions = {}): Source {
  assertString(file, 'file', { nonEmpty: true });
  assertObject(options, 'options', [...rowOptionNames, 'delimiter']);
  assertRowOptions(options);
  const { delimiter = extname(file).toLowerCase() === '.tsv' ? '\t' : ',' } = options;
  if (typeof delimiter !== 'string' || delimiter.length !== 1 || delimiter === '"') {
    throw invalidArgument('delimiter', 'one character that is no quote', delimiter);
  }
  const csv: Csv = { file, options, parse: recordParser(delimiter) };
  return { read: (reading) => readRows(csv, reading) };
}

interface Csv {
  readonly file: string;
  readonly options: RowOptions;
  readonly parse: ParseRecord;
}

async function* readRows(csv: Csv, { after, signal }: SourceReadOptions): AsyncGenerator<Lease, void, undefined> {
  const { file, options, parse } = csv;
  const header = await headerOf(csv, signal);
  const start = after === undefined ? header.end : fromCursor(after);
  for await (const record of recordsOf(file, start, signal, parse)) {
    yield {
      input: understand({ file, line: record.line }, options, () =>
        toLiteral(toRow(header.names, record.cells), options, file),
      ),
      cursor: toCursor(record.next),
    };
  }
}

interface Header {
  readonly names: readonly string[];
  readonly end: Place;
}

async function headerOf({ file, options, parse }: Csv, signal: AbortSignal): Promise<Header> {
  for await (const { cells, line, next } of recordsOf(file, startOfFile, signal, parse)) {
    if (cells instanceof CsvFault) throw malformed({ file, line }, cells.message);
    const names = cells.map((name) => name.trim().toLowerCase());
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw malformed({ file, line, column: twice }, 'stands there twice');
    assertObject(Object.fromEntries(names.map((name) => [name, true])), `the first row of ${file}`, columns);
    if (names.includes('input') && options.inputColumn === undefined) {
      throw malformed({ file, line, column: 'input' }, unexplained);
    }
    return { names, end: next };
  }
  throw malformed({ file, line: 1 }, 'names no columns');
}

function toRow(names: readonly string[], cells: CsvRecord['cells']): Row {
  if (cells instanceof CsvFault) {
    throw new BadCell(cells.cell === undefined ? undefined : names[cells.cell], cells.message, { cause: cells.cause });
  }
  if (cells.length !== names.length) {
    throw new BadCell(undefined, `has ${cells.length} cells, and the first row ${names.length}`);
  }
  const row: Record<string, string | undefined> = {};
  names.forEach((name, index) => {
    if (cells[index] !== '') row[name] = cells[index];
  });
  return row;
}
