import type { Rgb } from './hex';

/** Lightness and two colour axes, in which distances are about as large as they look (OKLab, Björn Ottosson 2020). */
export type Lab = readonly [lightness: number, a: number, b: number];

const linear: readonly number[] = Array.from({ length: 256 }, (_, part) => {
  const value = part / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

export function toLab([red, green, blue]: Rgb): Lab {
  const [r, g, b] = [linearOf(red), linearOf(green), linearOf(blue)];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

/** Square of the distance: enough to compare by. */
export function squareDistance(one: Lab, other: Lab): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}

function linearOf(part: number): number {
  return linear[Math.round(part)] ?? 0;
}
