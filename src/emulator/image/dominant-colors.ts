import type { Rgb } from './hex';
import type { Lab } from './oklab';
import { squareDistance, toLab } from './oklab';
import type { Picture } from './picture';

export interface DominantColor {
  readonly color: Rgb;
  /** Part of the picture, from 0 to 1. */
  readonly share: number;
}

interface Sample {
  readonly rgb: Rgb;
  readonly lab: Lab;
}

/** Samples along one side: 96 by 96 tell the colours of a photograph as well as all its pixels. */
const grid = 96;
/** Median cut halves the samples this often: 8 clusters to start with. */
const cuts = 3;
const rounds = 8;
/** Clusters closer than this in OKLab look like one colour. */
const nearSquared = 0.09 ** 2;
const smallestShare = 0.02;

/** The colours that most of a picture consists of, largest share first; the shares add up to 1. The same picture gives the same colours. */
export function dominantColors(picture: Picture): DominantColor[] {
  const samples = sample(picture);
  let clusters = medianCut(samples, cuts);
  for (let round = 0; round < rounds; round++) clusters = assign(samples, clusters.map(center));
  const kept = merge(clusters).filter((cluster) => cluster.length >= smallestShare * samples.length);
  return assign(samples, kept.map(center))
    .map((cluster) => ({ color: meanColor(cluster), share: cluster.length / samples.length }))
    .sort((a, b) => b.share - a.share);
}

function sample({ width, height, pixels }: Picture): Sample[] {
  const columns = Math.min(width, grid);
  const rows = Math.min(height, grid);
  return Array.from({ length: columns * rows }, (_, index) => {
    const x = Math.floor((((index % columns) + 0.5) * width) / columns);
    const y = Math.floor(((Math.floor(index / columns) + 0.5) * height) / rows);
    const rgb = overWhite(pixels, (y * width + x) * 4);
    return { rgb, lab: toLab(rgb) };
  });
}

function overWhite(pixels: Uint8Array, at: number): Rgb {
  const opacity = (pixels[at + 3] ?? 255) / 255;
  const part = (offset: number) => 255 + ((pixels[at + offset] ?? 255) - 255) * opacity;
  return [part(0), part(1), part(2)];
}

/** Halves the samples again and again, along the axis on which they differ most. */
function medianCut(samples: readonly Sample[], times: number): Sample[][] {
  if (times === 0 || samples.length < 2) return [[...samples]];
  const axis = widestAxis(samples);
  const sorted = [...samples].sort((a, b) => a.lab[axis] - b.lab[axis]);
  const middle = sorted.length >> 1;
  return [...medianCut(sorted.slice(0, middle), times - 1), ...medianCut(sorted.slice(middle), times - 1)];
}

function widestAxis(samples: readonly Sample[]): 0 | 1 | 2 {
  const mean = center(samples);
  const spread = [0, 0, 0];
  for (const { lab } of samples)
    lab.forEach((value, axis) => (spread[axis] = (spread[axis] ?? 0) + (value - (mean[axis] ?? 0)) ** 2));
  const widest = spread.indexOf(Math.max(...spread));
  return widest === 2 ? 2 : widest === 1 ? 1 : 0;
}

/** Each sample to its nearest center; centers that get none go. */
function assign(samples: readonly Sample[], centers: readonly Lab[]): Sample[][] {
  const clusters: Sample[][] = centers.map(() => []);
  for (const one of samples) {
    let nearest = 0;
    let least = Infinity;
    for (const [index, lab] of centers.entries()) {
      const distance = squareDistance(one.lab, lab);
      if (distance < least) [nearest, least] = [index, distance];
    }
    clusters[nearest]?.push(one);
  }
  return clusters.filter((cluster) => cluster.length > 0);
}

/** Joins clusters that look alike, the largest first. */
function merge(clusters: readonly Sample[][]): Sample[][] {
  const merged: Sample[][] = [];
  for (const cluster of [...clusters].sort((a, b) => b.length - a.length)) {
    const like = merged.find((other) => squareDistance(center(other), center(cluster)) < nearSquared);
    if (like === undefined) merged.push([...cluster]);
    else like.push(...cluster);
  }
  return merged;
}

function center(samples: readonly Sample[]): Lab {
  const sum = [0, 0, 0] as [number, number, number];
  for (const { lab } of samples) for (const axis of [0, 1, 2] as const) sum[axis] += lab[axis];
  return [sum[0] / samples.length, sum[1] / samples.length, sum[2] / samples.length];
}

function meanColor(samples: readonly Sample[]): Rgb {
  const sum = [0, 0, 0] as [number, number, number];
  for (const { rgb } of samples) for (const axis of [0, 1, 2] as const) sum[axis] += rgb[axis];
  return [sum[0] / samples.length, sum[1] / samples.length, sum[2] / samples.length];
}
