import { toUnitLength } from './image-embedding';
import type { ModelFunction, PredictContext } from './model-function';
import { conceptsAmong } from './synthetic-concepts';

const dimensions = 768;

/** What a text is like, as far as its words are those of others: texts with the same words have vectors that are close. */
export const textEmbedding: ModelFunction = (_input, { media }) => {
  const vector = new Float32Array(dimensions);
  for (const [word] of (media.text ?? media.url ?? '').toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    let hash = 0x811c9dc5;
    for (const letter of word) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    const place = hash % dimensions;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return { embeddings: [{ vector: [...toUnitLength(vector)], numDimensions: dimensions }] };
};

const sentiments = conceptsAmong(['positive', 'neutral', 'negative']);

export const textSentiment: ModelFunction = (_input, context: PredictContext) => sentiments(context.media, context);
