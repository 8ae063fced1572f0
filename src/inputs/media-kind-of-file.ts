import { open } from 'node:fs/promises';
import { type MediaKind, mediaKindOfBytes, mediaKindOfName } from './media-kind';

/** More than any kind of file needs to be known. */
const firstBytes = 16;

/**
 * The kind of media that a file holds, by its first bytes, and by its extension where those do not tell: a file named
 * `photo.jpg` that holds something else is a damaged image. No more of it is read.
 *
 * @returns `undefined` for what the service takes as no medium
 * @throws Error of node:fs for a file that cannot be read
 * @example
 * if ((await mediaKindOfFile(path)) === 'image') inputs.push({ file: path });
 */
export async function mediaKindOfFile(path: string): Promise<MediaKind | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(firstBytes), 0, firstBytes, 0);
    return mediaKindOfBytes(buffer.subarray(0, bytesRead)) ?? mediaKindOfName(path);
  } finally {
    await file.close();
  }
}
