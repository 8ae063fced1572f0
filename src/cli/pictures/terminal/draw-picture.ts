import type { Box, Region } from '../finding';
import { regionColor } from '../palette';
import { type Picture, type Rgb, toRgb } from '../picture';
import type { ColorDepth } from './color-depth';
import { type Cell, paintLine } from './paint';
import { printable } from '../../shell/printable';
import { type Raster, shrink } from './shrink';

export interface Drawing {
  readonly regions: readonly Region[];
  readonly depth: Exclude<ColorDepth, 'none'>;
  /** Size of the terminal in characters. */
  readonly columns: number;
  readonly rows: number;
}

/** A picture in lines of half blocks, two pixels a character, with its regions drawn over it. */
export function drawPicture(picture: Picture, { regions, depth, columns, rows }: Drawing): string[] {
  const raster = shrink(picture, { width: columns, height: 2 * rows });
  // The first are the surest: they are drawn last, over the others.
  const boxes = regions.flatMap((region, index) => boxOf(region, index) ?? []).reverse();
  for (const { box, color } of boxes) frame(raster, box, color);
  const cells = toCells(raster);
  for (const box of boxes) label(cells, box);
  return cells.map((line) => paintLine(line, depth));
}

interface Labelled {
  readonly box: Box;
  readonly color: Rgb;
  readonly number: string;
  readonly text: string;
}

function boxOf(region: Region, index: number): Labelled | undefined {
  const box = region.box ?? around(region.polygon);
  const number = `${index + 1}`;
  return box && { box, color: toRgb(regionColor(index)), number, text: `${number} ${printable(region.label)}`.trim() };
}

function around(points: Region['polygon']): Box | undefined {
  if (points.length === 0) return undefined;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** The pixel, counted from 0, that a fraction of a length falls on. */
function place(fraction: number, length: number): number {
  return Math.min(length - 1, Math.floor(fraction * length));
}

function frame(raster: Raster, { left, top, right, bottom }: Box, color: Rgb): void {
  const width = raster[0]?.length ?? 0;
  const [x0, x1] = [place(left, width), place(right, width)];
  const [y0, y1] = [place(top, raster.length), place(bottom, raster.length)];
  for (let y = y0; y <= y1; y++) {
    const row = raster[y] ?? [];
    if (y === y0 || y === y1) row.fill(color, x0, x1 + 1);
    else row[x0] = row[x1] = color;
  }
}

/** Two rows of pixels a line: the upper half is the character, the lower one is behind it. */
function toCells(raster: Raster): Cell[][] {
  const lines: Cell[][] = [];
  for (let y = 0; y < raster.length; y += 2) {
    const [upper = [], lower] = [raster[y], raster[y + 1]];
    lines.push(upper.map((foreground, x) => ({ character: '▀', foreground, background: lower?.[x] ?? foreground })));
  }
  return lines;
}

const black: Rgb = [0, 0, 0];

/** Writes over the upper edge: number and name where there is room, else the number, else nothing. */
function label(cells: Cell[][], { box, color, number, text }: Labelled): void {
  const line = cells[place(box.top, cells.length)] ?? [];
  const from = place(box.left, line.length);
  const room = place(box.right, line.length) + 1 - from;
  const words = [text, number].find((words) => words.length + 2 <= room) ?? '';
  [...(words === '' ? '' : ` ${words} `)].forEach((character, offset) => {
    line[from + offset] = { character, foreground: black, background: color };
  });
}
