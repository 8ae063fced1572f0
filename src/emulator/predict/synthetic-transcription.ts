import { durationMsOf } from '../duration/duration-of';
import { randomOf } from './hash-media';
import type { ModelFunction } from './model-function';
import { vocabulary } from './vocabulary';

/** Words for so many milliseconds; what lasts longer than an hour is not written to its end. */
const wordMs = 500;
const mostWords = 7200;

/** As many words as could be said in the time that a recording lasts. */
export const syntheticTranscription: ModelFunction = (_input, { media }) => {
  const random = randomOf(media);
  const count = Math.min(mostWords, Math.ceil(durationMsOf(media) / wordMs));
  const words = Array.from({ length: count }, () => vocabulary[Math.floor(random() * vocabulary.length)]?.[1]);
  return { text: { raw: words.join(' ') } };
};
