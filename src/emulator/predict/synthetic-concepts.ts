import { createHash } from 'node:crypto';
import type { Concept, OutputConfig } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { publicOwner } from '../state/public-app';
import type { Media } from './media';
import type { ImageFunction } from './over-frames';
import { randomOf } from './hash-media';
import { defaultMaxConcepts } from './output-config';
import { vocabulary } from './vocabulary';

/** How fast values fall from one concept to the next: with 20 concepts from about 0.99 to 0.5. */
const decay = 0.965;

/** More than the vocabulary has. */
const places = 1024;

/** Concepts of the general model, in an order and with values that follow from the input. */
export const syntheticConcepts: ImageFunction = (media, { outputConfig }) => ({
  concepts: generalConcepts(media, wantedConcepts(outputConfig)),
});

/** Likewise, concepts of a smaller vocabulary: the names of all that the model knows. */
export function conceptsAmong(names: readonly string[]): ImageFunction {
  return (media) => ({ concepts: shuffled(namedConcepts(names), media, names.length) });
}

/** @param count the first so many; values fall from one to the next */
export function generalConcepts(media: Media, count: number = vocabulary.length): DeepPartial<Concept>[] {
  return shuffled(vocabulary, media, count);
}

type Entry = readonly [id: string, name: string];

function namedConcepts(names: readonly string[]): Entry[] {
  return names.map((name) => [conceptId(name), name]);
}

/** In the form of the service's own: `ai_` and eight letters or digits. */
function conceptId(name: string): string {
  return `ai_${createHash('md5').update(name).digest('base64url').replace(/[-_]/g, '').slice(0, 8)}`;
}

function shuffled(entries: readonly Entry[], media: Media, count: number): DeepPartial<Concept>[] {
  const random = randomOf(media);
  // The number drawn and the concept's place in one double each: sorting these is many times faster than objects.
  const ranks = new Float64Array(entries.length);
  for (let place = 0; place < ranks.length; place++) ranks[place] = random() * 2 ** 32 * places + place;
  ranks.sort();
  const { appId, userId } = publicOwner;
  const concepts: DeepPartial<Concept>[] = [];
  for (const rank of ranks.subarray(0, count)) {
    const [id = '', name = ''] = entries[rank % places] ?? [];
    const value = 0.999 * decay ** concepts.length * (1 - random() / 100);
    concepts.push({ id, name, value, appId, userId });
  }
  return concepts;
}

/** How many of the first concepts can end up in an answer. */
function wantedConcepts({ maxConcepts = 0, selectConcepts = [] }: DeepPartial<OutputConfig>): number {
  return selectConcepts.length > 0 ? vocabulary.length : maxConcepts || defaultMaxConcepts;
}
