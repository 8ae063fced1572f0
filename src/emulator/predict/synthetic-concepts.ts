import type { Concept } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { Media } from './media';
import type { ModelFunction } from './model-function';
import { randomOf } from './hash-media';
import { vocabulary } from './vocabulary';

/** How fast values fall from one concept to the next: with 20 concepts from about 0.99 to 0.5. */
const decay = 0.965;

/** Every concept of the vocabulary, in an order and with values that follow from the input. */
export const syntheticConcepts: ModelFunction = (_input, { media }) => ({ concepts: generalConcepts(media) });

export function generalConcepts(media: Media): DeepPartial<Concept>[] {
  const random = randomOf(media);
  const ranked = vocabulary.map(([id, name]) => ({ id, name, rank: random() })).sort((a, b) => a.rank - b.rank);
  return ranked.map(({ id, name }, at) => ({
    id,
    name,
    value: 0.999 * decay ** at * (1 - random() / 100),
    appId: 'main',
    userId: 'clarifai',
  }));
}
