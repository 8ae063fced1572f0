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
  for (let cell = 0; cell < cells; cell++) {
    const [lightness, a, b] = toLab(averageColor(picture, cell));
    // Around zero, so that a dark and a light picture are far apart; chroma has a smaller range than lightness.
    vector[3 * cell] = lightness - 0.5;
    vector[3 * cell + 1] = 2 * a;
    vector[3 * cell + 2] = 2 * b;
  }
  for (let cell = 0; cell < cells; cell++) vector[3 * cells + cell] = contrast(vector, cell);
  return toUnitLength(vector);
}

export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}

function averageColor({ width, height, pixels }: Picture, cell: number): readonly [number, number, number] {
  const column = cell % side;
  const row = (cell - column) / side;
  const [left, right] = span(column, width);
  const [top, bottom] = span(row, height);
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = 4 * (y * width + left), end = 4 * (y * width + right); at < end; at += 4) {
      red += pixels[at] ?? 0;
      green += pixels[at + 1] ?? 0;
      blue += pixels[at + 2] ?? 0;
    }
  }
  const count = (right - left) * (bottom - top);
  return [red / count, green / count, blue / count];
}

/** The pixels of one cell along one axis; at least one, also in pictures smaller than the grid. */
function span(cell: number, length: number): [from: number, to: number] {
  const from = Math.min(Math.floor((cell * length) / side), length - 1);
  return [from, Math.max(Math.floor(((cell + 1) * length) / side), from + 1)];
}

function contrast(vector: Float32Array, cell: number): number {
  const lightness = (at: number): number => vector[3 * at] ?? 0;
  const right = cell % side === side - 1 ? cell : cell + 1;
  const below = cell + side < cells ? cell + side : cell;
  return Math.hypot(lightness(right) - lightness(cell), lightness(below) - lightness(cell));
}
