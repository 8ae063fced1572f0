import type { Concept } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { Media } from '../predict/media';
import type { Example } from './examples';
import { likeness } from './likeness';

/** How fast an example loses weight as it gets less alike: an example that is half as alike weighs almost nothing. */
const sharpness = 16;

/** What weighs against a concept where no example does: something unlike all examples is none of the concepts. */
const doubt = Math.exp(-sharpness * 0.4);

/** What a version has learnt: it remembers its examples. */
export interface Recall {
  readonly examples: readonly Example[];
  readonly concepts: readonly DeepPartial<Concept>[];
}

/** Says of an input what the examples say that are most like it; best first. */
export function recall({ examples, concepts }: Recall, media: Media): DeepPartial<Concept>[] {
  const weighed = examples.map((example) => ({ example, weight: weightOf(likeness(media, example.media)) }));
  const nearest = (says: (example: Example) => boolean): number =>
    weighed.reduce((most, { example, weight }) => (says(example) ? Math.max(most, weight) : most), 0);
  return concepts
    .map((concept) => {
      const { id = '' } = concept;
      const inFavour = nearest(({ positive }) => positive.has(id));
      const against = nearest(({ positive, negative }) => negative.has(id) || !positive.has(id));
      return { ...concept, value: inFavour === 0 ? 0 : inFavour / (inFavour + against + doubt) };
    })
    .sort((one, other) => other.value - one.value);
}

function weightOf(alike: number): number {
  return Math.exp(-sharpness * (1 - alike));
}
