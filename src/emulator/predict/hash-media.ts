import { createHash } from 'node:crypto';
import { createRandom } from '../seeded-random';
import type { Media } from './media';

/** Random numbers that follow from the contents of an input, or from its URL when the contents are not known. */
export function randomOf(media: Media): () => number {
  return createRandom(digestOf(media).readUInt32LE(0));
}

export function digestOf({ bytes, url, text }: Media): Buffer {
  return createHash('md5')
    .update(bytes ?? text ?? url ?? '')
    .digest();
}
