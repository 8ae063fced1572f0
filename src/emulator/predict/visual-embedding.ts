import { embeddingDimensions, imageEmbedding } from './image-embedding';
import type { ImageFunction } from './over-frames';
import { pictureOf } from './picture-of';

/** What the image looks like, the same that searches by image compare. */
export const visualEmbedding: ImageFunction = (media) => ({
  embeddings: [{ vector: [...imageEmbedding(pictureOf(media))], numDimensions: embeddingDimensions }],
});
