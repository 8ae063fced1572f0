import type { Rgb } from '../picture';
import type { ColorDepth } from './color-depth';

/** What a cell of the terminal shows. */
export interface Cell {
  readonly character: string;
  readonly foreground: Rgb;
  readonly background: Rgb;
}

/** A line of cells with the escape sequences that colour them, as few as it takes. */
export function paintLine(cells: readonly Cell[], depth: Exclude<ColorDepth, 'none'>): string {
  let line = '';
  let last = '';
  for (const { character, foreground, background } of cells) {
    const style = `\u001b[38;${code(foreground, depth)};48;${code(background, depth)}m`;
    line += style === last ? character : style + character;
    last = style;
  }
  return `${line}${reset}`;
}

/** A text in a colour. */
export function paintText(text: string, color: Rgb, depth: ColorDepth): string {
  return depth === 'none' ? text : `\u001b[38;${code(color, depth)}m${text}${reset}`;
}

const reset = '\u001b[0m';

function code([red, green, blue]: Rgb, depth: Exclude<ColorDepth, 'none'>): string {
  return depth === 'all' ? `2;${red};${green};${blue}` : `5;${nearest([red, green, blue])}`;
}

/** The levels of the cube of colours 16 to 231; 232 to 255 are greys from 8 by tens. */
const levels = [0, 95, 135, 175, 215, 255] as const;

function nearest(color: Rgb): number {
  const [red, green, blue] = color.map(nearestLevel) as [number, number, number];
  const cube: Rgb = [levels[red] ?? 0, levels[green] ?? 0, levels[blue] ?? 0];
  const shade = Math.min(23, Math.max(0, Math.round(((color[0] + color[1] + color[2]) / 3 - 8) / 10)));
  const grey = 8 + 10 * shade;
  return distance(color, [grey, grey, grey]) < distance(color, cube) ? 232 + shade : 16 + 36 * red + 6 * green + blue;
}

function nearestLevel(value: number): number {
  const away = levels.map((level) => Math.abs(level - value));
  return away.indexOf(Math.min(...away));
}

function distance(one: Rgb, other: Rgb): number {
  return one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0);
}
