import { styleText } from 'node:util';
import type { Given } from './given';
import { toJson } from './json-value';
import { printable, printableLines, withoutEscapes } from './printable';
import { alignedRows } from './aligned-rows';
import type { Terminal } from './terminal';

/** What a list shows of an item, by the headings of the columns; a number is aligned to the right. */
export type Cells = Readonly<Record<string, Cell>>;
export type Cell = string | number | boolean | Date | undefined;

type Format = Parameters<typeof styleText>[0];

/** Prints what a command found: JSON with `--json`, otherwise lines that people read. */
export class Print {
  /** Whether JSON is wanted. */
  readonly json: boolean;
  readonly #terminal: Terminal;
  readonly #quiet: boolean;

  constructor(given: Given, terminal: Terminal) {
    this.json = given.flag('json');
    this.#quiet = given.flag('quiet');
    this.#terminal = terminal;
  }

  /** One result: a JSON document, or the fields that are given, a line each. */
  async record(value: unknown, fields: Cells): Promise<void> {
    if (this.json) return this.#line(JSON.stringify(toJson(value)));
    const shown = Object.entries(fields).filter(([, cell]) => cell !== undefined);
    const width = Math.max(0, ...shown.map(([name]) => name.length));
    for (const [name, cell] of shown) {
      await this.#line(`${this.style('bold', name.padEnd(width))}  ${textOf(cell)}`);
    }
  }

  /** Many results as they come: a line of JSON each, or aligned columns below their headings; resolves with their number. */
  async list<Item>(items: Iterable<Item> | AsyncIterable<Item>, toCells: (item: Item) => Cells): Promise<number> {
    let count = 0;
    if (this.json) {
      for await (const item of items) {
        await this.#line(JSON.stringify(toJson(item)));
        count += 1;
      }
      return count;
    }
    for await (const row of alignedRows(items, (item) => cellsOf(toCells(item)))) {
      // The first row is that of the headings.
      await this.#line(count === 0 ? this.style('bold', row) : row);
      count += 1;
    }
    return Math.max(0, count - 1);
  }

  /** One of many results: a line of JSON, or the text, which is made when it is wanted. */
  async item(value: unknown, toText: () => string): Promise<void> {
    await this.#line(this.json ? JSON.stringify(toJson(value)) : toText());
  }

  /** A part of a result as it comes, without an end of line; a terminal gets nothing that would move its cursor. */
  async part(text: string): Promise<void> {
    await this.#terminal.out(this.#terminal.isWatched('stdout') ? withoutEscapes(text) : text);
  }

  /** Something worth knowing beside the results, on stderr, unless that is not wanted. */
  note(text: string): void {
    if (!this.#quiet) this.#terminal.err(`${printableLines(text)}\n`);
  }

  /** What went wrong with one of many things, on stderr. */
  problem(text: string): void {
    this.#terminal.err(`${printableLines(text)}\n`);
  }

  /** Text for stdout in a colour or weight, where those are wanted. */
  style(format: Format, text: string): string {
    return this.#terminal.hasColors('stdout') ? styleText(format, text, { validateStream: false }) : text;
  }

  async #line(text: string): Promise<void> {
    await this.#terminal.out(`${text}\n`);
  }
}

function cellsOf(cells: Cells): Readonly<Record<string, { readonly text: string; readonly right: boolean }>> {
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [name, { text: textOf(cell), right: typeof cell === 'number' }]),
  );
}

function textOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString();
  return printable(String(cell));
}
