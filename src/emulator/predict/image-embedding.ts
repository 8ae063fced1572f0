import type { Rgb } from '../image/hex';
import { toLab } from '../image/oklab';
import type { Picture } from '../image/picture';

/** Cells along each side of the grid that a picture is reduced to. */
const side = 16;
const cells = side * side;
/** Numbers in an embedding, as many as Clarifai's general embedding has: three of colour and one of contrast for each cell. */
export const embeddingDimensions: number = 4 * cells;

/**
 * What a picture looks like, as a unit vector: pictures that look alike have vectors that are close. Made of the average
 * colour of each cell of a grid, in a space where distances are about as large as they look, and of how each cell differs
 * from its neighbours.
 */
export function imageEmbedding(picture: Picture): Float32Array {
  const vector = new Float32Array(embeddingDimensions);
  const columns = spans(picture.width);
  let cell = 0;
  let color: Rgb = [0, 0, 0];
  let lab = toLab(color);
  for (const row of spans(picture.height)) {
    for (const column of columns) {
      const [red, green, blue] = averageColor(picture, column, row);
      // Pictures that are made up, and many others, have areas of one colour.
      if (red !== color[0] || green !== color[1] || blue !== color[2]) {
        color = [red, green, blue];
        lab = toLab(color);
      }
      const [lightness, a, b] = lab;
      // Around zero, so that a dark and a light picture are far apart; chroma has a smaller range than lightness.
      vector[3 * cell] = lightness - 0.5;
      vector[3 * cell + 1] = 2 * a;
      vector[3 * cell + 2] = 2 * b;
      cell++;
    }
  }
  for (let at = 0; at < cells; at++) vector[3 * cells + at] = contrast(vector, at);
  return toUnitLength(vector);
}

/** Makes a vector 1 long, in place. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  if (length > 0) for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / length;
  return vector;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The pixels of each cell along one axis; at least one, also in pictures smaller than the grid. */
function spans(length: number): Span[] {
  return Array.from({ length: side }, (_, cell) => {
    const from = Math.min(Math.floor((cell * length) / side), length - 1);
    return { from, to: Math.max(Math.floor(((cell + 1) * length) / side), from + 1) };
  });
}

function averageColor({ width, pixels }: Picture, column: Span, row: Span): Rgb {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let y = row.from; y < row.to; y++) {
    for (let at = 4 * (y * width + column.from), end = 4 * (y * width + column.to); at < end; at += 4) {
      red += pixels[at] ?? 0;
      green += pixels[at + 1] ?? 0;
      blue += pixels[at + 2] ?? 0;
    }
  }
  const count = (column.to - column.from) * (row.to - row.from);
  return [red / count, green / count, blue / count];
}

function contrast(vector: Float32Array, cell: number): number {
  const lightness = (at: number): number => vector[3 * at] ?? 0;
  const right = cell % side === side - 1 ? cell : cell + 1;
  const below = cell + side < cells ? cell + side : cell;
  const across = lightness(right) - lightness(cell);
  const down = lightness(below) - lightness(cell);
  // Not Math.hypot, which takes longer than all the rest of an embedding.
  return Math.sqrt(across * across + down * down);
}
