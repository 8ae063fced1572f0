import type { Picture } from '../image/picture';

/** The picture with its longer side at most `side` pixels, each the mean of those it stands for. */
export function shrink(picture: Picture, side: number): Picture {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  if (scale === 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * picture.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * picture.width) / width));
      const top = Math.floor((y * picture.height) / height);
      const bottom = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height));
      pixels.set(mean(picture, { left, right, top, bottom }), (y * width + x) * 4);
    }
  }
  return { width, height, pixels };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function mean({ width, pixels }: Picture, { left, right, top, bottom }: Box): number[] {
  const sums = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at++) {
      sums[at % 4] = (sums[at % 4] ?? 0) + (pixels[at] ?? 0);
    }
  }
  const count = (right - left) * (bottom - top);
  return sums.map((sum) => sum / count);
}
