import { dominantColors } from '../image/dominant-colors';
import { hex } from '../image/hex';
import { nearestW3cColor } from '../image/w3c-colors';
import type { ModelFunction } from './model-function';
import { pictureOf } from './picture-of';

const madeUp =
  'The emulator does not fetch URLs: these are the colours of a made-up picture. Say what is there with emulator.url().';

/** The dominant colours of the image, largest share first, each with the nearest colour that has a name in the W3C's list. */
export const colorRecognition: ModelFunction = (_input, { media }) => {
  const colors = dominantColors(pictureOf(media)).map(({ color, share }) => ({
    rawHex: hex(color),
    w3c: nearestW3cColor(color),
    value: share,
  }));
  return media.bytes === undefined ? { colors, metadata: { synthetic: madeUp } } : { colors };
};
