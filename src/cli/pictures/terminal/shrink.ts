import type { Picture, Rgb } from '../picture';

/** A picture in few pixels, in rows. */
export type Raster = readonly Rgb[][];

/** What shows through transparent pixels. */
const backdrop = 24;

/** The largest raster of the picture's proportions within the bounds: each pixel is the mean of those it stands for. */
export function shrink(picture: Picture, bounds: { readonly width: number; readonly height: number }): Raster {
  const scale = Math.min(1, bounds.width / picture.width, bounds.height / picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  return Array.from({ length: height }, (_row, y) =>
    Array.from({ length: width }, (_column, x) =>
      mean(picture, {
        left: Math.floor((x * picture.width) / width),
        top: Math.floor((y * picture.height) / height),
        right: Math.max(1, Math.floor(((x + 1) * picture.width) / width)),
        bottom: Math.max(1, Math.floor(((y + 1) * picture.height) / height)),
      }),
    ),
  );
}

interface Part {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function mean({ pixels, width }: Picture, { left, top, right, bottom }: Part): Rgb {
  const sum = [0, 0, 0] as [number, number, number];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 4;
      const alpha = (pixels[at + 3] ?? 255) / 255;
      for (const channel of [0, 1, 2] as const) {
        sum[channel] += (pixels[at + channel] ?? 0) * alpha + backdrop * (1 - alpha);
      }
    }
  }
  const count = (right - left) * (bottom - top);
  return [Math.round(sum[0] / count), Math.round(sum[1] / count), Math.round(sum[2] / count)];
}
