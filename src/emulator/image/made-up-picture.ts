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
  for (let at = 0; at < side * side; at++) {
    const row = Math.floor(at / side);
    pixels.set(stripes.find(({ until }) => row < until)?.color ?? stripes[0]?.color ?? [], at * 4);
  }
  return { width: side, height: side, pixels };
}
