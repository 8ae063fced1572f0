import type { ModelFunction } from './model-function';
import { randomOf } from './hash-media';

/** One cluster that follows from the input. */
export const syntheticClusters: ModelFunction = (_input, { media }) => {
  const random = randomOf(media);
  const pick = () => Math.floor(random() * 64);
  return { clusters: [{ id: `${pick()}_${pick()}`, score: random() }] };
};
