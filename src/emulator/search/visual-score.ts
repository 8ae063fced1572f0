import { Refusal } from '../answers';
import { imageEmbedding } from '../predict/image-embedding';
import type { Media } from '../predict/media';
import { pictureOf } from '../predict/picture-of';

/** How two unit vectors are compared. */
export type Metric = 'euclidean' | 'cosine';

/** 1 for vectors that are the same, 0 for opposite ones. */
export function visualScore(one: Float32Array, other: Float32Array, metric: Metric): number {
  let cosine = 0;
  for (let at = 0; at < one.length; at++) cosine += (one[at] ?? 0) * (other[at] ?? 0);
  const bounded = Math.min(1, Math.max(-1, cosine));
  return metric === 'cosine' ? (1 + bounded) / 2 : 1 - Math.sqrt(2 - 2 * bounded) / 2;
}

/** Embeddings of pictures that had to be decoded, as long as their bytes are around; made-up pictures are quicker made anew. */
const decoded = new WeakMap<Uint8Array, Float32Array>();

/** The embedding of an image; `undefined` for one that the emulator cannot read. */
export function embeddingOf(media: Media): Float32Array | undefined {
  const known = media.bytes && decoded.get(media.bytes);
  if (known !== undefined) return known;
  try {
    const embedding = imageEmbedding(pictureOf(media));
    if (media.bytes !== undefined) decoded.set(media.bytes, embedding);
    return embedding;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
