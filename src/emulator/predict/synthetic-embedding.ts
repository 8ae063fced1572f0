import type { ModelFunction } from './model-function';
import { randomOf } from './hash-media';

const dimensions = 1024;

/** A unit vector that follows from the input. */
export const syntheticEmbedding: ModelFunction = (_input, { media }) => {
  const random = randomOf(media);
  const raw = Array.from({ length: dimensions }, () => random() - 0.5);
  const length = Math.hypot(...raw);
  return { embeddings: [{ vector: raw.map((value) => value / length), numDimensions: dimensions }] };
};

/** One cluster that follows from the input. */
export const syntheticClusters: ModelFunction = (_input, { media }) => {
  const random = randomOf(media);
  const pick = () => Math.floor(random() * 64);
  return { clusters: [{ id: `${pick()}_${pick()}`, score: random() }] };
};
