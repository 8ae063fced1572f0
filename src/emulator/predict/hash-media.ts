import { createHash } from 'node:crypto';
import { createRandom } from '../seeded-random';
import type { Media } from './media';

/** Random numbers that follow from the contents of an input, or from its URL when the contents are not known. */
export function randomOf({ bytes, url, text }: Media): () => number {
  const digest = createHash('md5')
    .update(bytes ?? text ?? url ?? '')
    .digest();
  return createRandom(digest.readUInt32LE(0));
}
