import { decodeImage } from '../image/decode';
import { madeUpPicture } from '../image/made-up-picture';
import type { Picture } from '../image/picture';
import { randomOf } from './hash-media';
import type { Media } from './media';

/** The pixels of an image; for a URL that nobody has seeded those of a picture that follows from the URL. */
export function pictureOf(media: Media): Picture {
  return media.bytes === undefined ? madeUpPicture(randomOf(media)) : decodeImage(media.bytes);
}
