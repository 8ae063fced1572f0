import { decodeImage } from '../image/decode';
import { dominantColors } from '../image/dominant-colors';
import { hex } from '../image/hex';
import { madeUpPicture } from '../image/made-up-picture';
import { nearestW3cColor } from '../image/w3c-colors';
import type { ModelFunction } from './model-function';
import { randomOf } from './hash-media';

const madeUp =
  'The emulator does not fetch URLs: these are the colours of a made-up picture. Say what is there with emulator.url().';

/** The dominant colours of the image, largest share first, each with the nearest colour that has a name in the W3C's list. */
export const colorRecognition: ModelFunction = (_input, { media }) => {
  const picture = media.bytes === undefined ? madeUpPicture(randomOf(media)) : decodeImage(media.bytes);
  const colors = dominantColors(picture).map(({ color, share }) => ({
    rawHex: hex(color),
    w3c: nearestW3cColor(color),
    value: share,
  }));
  return media.bytes === undefined ? { colors, metadata: { synthetic: madeUp } } : { colors };
};
