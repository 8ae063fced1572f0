import type { Concept, OutputConfig } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { Media } from './media';
import type { ModelFunction } from './model-function';
import { randomOf } from './hash-media';
import { defaultMaxConcepts } from './output-config';
import { vocabulary } from './vocabulary';

/** How fast values fall from one concept to the next: with 20 concepts from about 0.99 to 0.5. */
const decay = 0.965;

/** More than the vocabulary has. */
const places = 1024;

/** Concepts of the vocabulary, in an order and with values that follow from the input. */
export const syntheticConcepts: ModelFunction = (_input, { media, outputConfig }) => ({
  concepts: generalConcepts(media, wantedConcepts(outputConfig)),
});

/** @param count the first so many; values fall from one to the next */
export function generalConcepts(media: Media, count: number = vocabulary.length): DeepPartial<Concept>[] {
  const random = randomOf(media);
  // The number drawn and the concept's place in one double each: sorting these is many times faster than objects.
  const ranks = new Float64Array(vocabulary.length);
  for (let place = 0; place < ranks.length; place++) ranks[place] = random() * 2 ** 32 * places + place;
  ranks.sort();
  const concepts: DeepPartial<Concept>[] = [];
  for (const rank of ranks.subarray(0, count)) {
    const [id = '', name = ''] = vocabulary[rank % places] ?? [];
    const value = 0.999 * decay ** concepts.length * (1 - random() / 100);
    concepts.push({ id, name, value, appId: 'main', userId: 'clarifai' });
  }
  return concepts;
}

/** How many of the first concepts can end up in an answer. */
function wantedConcepts({ maxConcepts = 0, selectConcepts = [] }: DeepPartial<OutputConfig>): number {
  return selectConcepts.length > 0 ? vocabulary.length : maxConcepts || defaultMaxConcepts;
}
