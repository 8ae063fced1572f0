import { embeddingDimensions, imageEmbedding } from './image-embedding';
import type { ModelFunction } from './model-function';
import { pictureOf } from './picture-of';

/** What the image looks like, the same that searches by image compare. */
export const visualEmbedding: ModelFunction = (_input, { media }) => ({
  embeddings: [{ vector: [...imageEmbedding(pictureOf(media))], numDimensions: embeddingDimensions }],
});
