import type { Picture } from './picture';

const side = 32;
const most = 5;

/** A picture of a few stripes, for a URL whose contents are not known. */
export function madeUpPicture(random: () => number): Picture {
  const stripes = Array.from({ length: 2 + Math.floor(random() * (most - 1)) }, () => ({
    until: random() * side,
    color: [random() * 255, random() * 255, random() * 255, 255],
  }));
  stripes.sort((a, b) => a.until - b.until);
  const pixels = new Uint8Array(side * side * 4);
  for (let row = 0; row < side; row++) {
    const color = stripes.find(({ until }) => row < until)?.color ?? stripes[0]?.color ?? [];
    const start = row * side * 4;
    pixels.set(color, start);
    // Each copy doubles what is filled: many times faster than pixel by pixel.
    for (let filled = 4; filled < side * 4; filled *= 2) pixels.copyWithin(start + filled, start, start + filled);
  }
  return { width: side, height: side, pixels };
}
