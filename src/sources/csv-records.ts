import type { Place } from './cursor';
import { type Line, linesOf } from './lines';

/** A record of a CSV file: its cells, or what is wrong with it. */
export interface CsvRecord {
  readonly cells: readonly string[] | CsvFault;
  /** Its first line, from 1. */
  readonly line: number;
  /** Where the next record begins. */
  readonly next: Place;
}

export class CsvFault extends Error {
  override readonly name = 'CsvFault';

  constructor(
    message: string,
    /** Place of the cell in the record, from 0, where that is known. */
    readonly cell?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Splits one record into its cells. @throws CsvFault */
export type ParseRecord = (text: string) => readonly string[];

/** A cell may hold a text of 20 MiB; a record that is longer has most likely a quote too many. */
const maxRecordLength: number = 64 * 1024 * 1024;

/** The records of a CSV file from a place on. */
export async function* recordsOf(
  file: string,
  from: Place,
  signal: AbortSignal,
  parse: ParseRecord,
): AsyncGenerator<CsvRecord, void, undefined> {
  const gatherer = new Gatherer(parse);
  for await (const lines of linesOf(file, from, signal)) yield* gatherer.add(lines);
  yield* gatherer.end();
}

const notClosed = 'has a quote that is not closed';

/** A record that is complete, and the lines that were taken for a part of it and are none. */
interface Found {
  readonly record: CsvRecord;
  readonly again: readonly Line[];
}

/**
 * Puts lines together to records. One with an odd number of quotes has a line break within quotes, or a quote too many: if
 * what it leads to is no record, only its first line is at fault, and the lines behind it are looked at once more.
 */
class Gatherer {
  readonly #parse: ParseRecord;
  #open: Line[] = [];
  #openLength = 0;

  constructor(parse: ParseRecord) {
    this.#parse = parse;
  }

  *add(lines: readonly Line[]): Generator<CsvRecord, void, undefined> {
    // A stack with the next line on top, for lines come back.
    const left = lines.toReversed();
    for (let line = left.pop(); line !== undefined; line = left.pop()) {
      const found = this.#next(line);
      if (found === undefined) continue;
      yield found.record;
      for (const again of found.again.toReversed()) left.push(again);
    }
  }

  *end(): Generator<CsvRecord, void, undefined> {
    for (let [first] = this.#open; first !== undefined; [first] = this.#open) {
      const { record, again } = this.#fail(first, new CsvFault(notClosed));
      yield record;
      yield* this.add(again);
    }
  }

  #next(line: Line): Found | undefined {
    const { text, fault } = line;
    const [first = line] = this.#open;
    const isOpen = first !== line;
    if (text === undefined) {
      this.#open.push(line);
      return this.#fail(first, new CsvFault(isOpen ? notClosed : (fault ?? '')));
    }
    if (!isOpen && text.trim() === '') return undefined;
    this.#open.push(line);
    this.#openLength += text.length;
    if (hasOddQuotes(text) === isOpen) return this.#complete(first, line);
    return this.#openLength > maxRecordLength ? this.#fail(first, new CsvFault(notClosed)) : undefined;
  }

  #complete(first: Line, last: Line): Found {
    try {
      const cells = this.#parse(this.#open.map(({ text }) => text).join('\n'));
      this.#clear();
      return { record: { cells, line: first.number, next: last.next }, again: [] };
    } catch (error) {
      if (!(error instanceof CsvFault)) throw error;
      return this.#fail(first, error);
    }
  }

  #fail(first: Line, fault: CsvFault): Found {
    const again = this.#open.slice(1);
    this.#clear();
    return { record: { cells: fault, line: first.number, next: first.next }, again };
  }

  #clear(): void {
    this.#open = [];
    this.#openLength = 0;
  }
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}
