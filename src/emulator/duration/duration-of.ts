import { Refusal } from '../answers';
import { randomOf } from '../predict/hash-media';
import type { Media } from '../predict/media';
import { unprocessable } from '../predict/media';
import { mp3DurationMs } from './mp3';
import { mp4DurationMs } from './mp4';
import { wavDurationMs } from './wav';
import { webmDurationMs } from './webm';

/** How long what is at a URL lasts that nobody has seeded. */
const madeUpMs = { least: 3000, most: 10_000 } as const;

/**
 * How long a video or a recording lasts, as the head of its file says: nothing of it is decoded.
 *
 * @throws Refusal for bytes in a format that the emulator does not know
 */
export function durationMsOf(media: Media): number {
  const { bytes, kind } = media;
  if (bytes === undefined) return madeUpMs.least + Math.floor(randomOf(media)() * (madeUpMs.most - madeUpMs.least));
  const readers =
    kind === 'audio' ? [wavDurationMs, mp3DurationMs, mp4DurationMs, webmDurationMs] : [mp4DurationMs, webmDurationMs];
  for (const read of readers) {
    const durationMs = read(bytes);
    // Files may say any number, and one that is none.
    if (durationMs !== undefined && durationMs >= 0) return durationMs;
  }
  throw new Refusal(
    unprocessable(`The bytes are not ${kind === 'audio' ? 'audio' : 'a video'} in a supported format.`),
  );
}
