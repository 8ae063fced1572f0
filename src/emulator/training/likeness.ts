import type { Media } from '../predict/media';
import { lexicalScore } from '../search/lexical-score';
import { embeddingOf, visualScore } from '../search/visual-score';

/** How alike two inputs are, from 0 to 1: images by what they look like, texts by their words, others not at all. */
export function likeness(one: Media, other: Media): number {
  if (one.kind !== other.kind) return 0;
  if (one.kind === 'text') return lexicalScore(one.text ?? '', other.text ?? '');
  if (one.kind !== 'image') return one.url === other.url ? 1 : 0;
  const [first, second] = [embeddingOf(one), embeddingOf(other)];
  return first === undefined || second === undefined ? 0 : visualScore(first, second, 'euclidean');
}
