/** The text of a cell, and whether it is aligned to the right. */
export interface AlignedCell {
  readonly text: string;
  readonly right: boolean;
}

type Row = Readonly<Record<string, AlignedCell>>;

/** Rows that are looked at before the first is given out; a later one that is wider than they are is out of line. */
const rowsAhead = 100;

/** Rows as text, the headings first, with columns that are as wide as those of the first rows. Without items there is no row. */
export async function* alignedRows<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  toRow: (item: Item) => Row,
): AsyncGenerator<string, void, undefined> {
  let waiting: Row[] | undefined = [];
  let widths: readonly number[] = [];
  const begin = function* (rows: readonly Row[]): Generator<string, void, undefined> {
    waiting = undefined;
    const headings = headingsOf(rows);
    widths = headings.map((heading, index) => widest([heading, ...rows.map((row) => Object.values(row)[index])]));
    if (rows.length > 0) yield aligned(headings, widths);
    for (const row of rows) yield aligned(Object.values(row), widths);
  };
  try {
    for await (const item of items) {
      if (waiting === undefined) yield aligned(Object.values(toRow(item)), widths);
      else if (waiting.push(toRow(item)) === rowsAhead) yield* begin(waiting);
    }
  } finally {
    // Also before an error: what came is shown.
    if (waiting !== undefined) yield* begin(waiting);
  }
}

function headingsOf([first = {}]: readonly Row[]): readonly AlignedCell[] {
  return Object.entries(first).map(([name, { right }]) => ({ text: name.toUpperCase(), right }));
}

function widest(cells: readonly (AlignedCell | undefined)[]): number {
  return Math.max(...cells.map((cell) => cell?.text.length ?? 0));
}

function aligned(cells: readonly AlignedCell[], widths: readonly number[]): string {
  return cells
    .map(({ text, right }, index) => (right ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)))
    .join('  ')
    .trimEnd();
}
