import { isAnyArrayBuffer } from 'node:util/types';
import { assertObject, invalidArgument } from '../base/assert';
import { maxFileBytes, maxVideoBytes } from '../base/limits';
import type { MediaLike } from './input-like';
import type { MediaKind } from './media-kind';
import { assertNoStream } from './streams';

/** A medium as it goes into a message: by URL, which the service fetches, or as bytes. */
export type Medium = MediumAtUrl | MediumOfBytes;

interface MediumAtUrl {
  readonly url: string;
}

interface MediumOfBytes {
  readonly bytes: Uint8Array;
}

/** The medium that the caller gave, once nothing is left to be loaded. */
export function toMedium(media: Exclude<MediaLike, Blob | { readonly file: string }>, name: string): Medium {
  if (typeof media === 'string' || media instanceof URL) return mediumAtUrl(media, name);
  if (media instanceof Uint8Array || isAnyArrayBuffer(media)) return mediumOfBytes(media, name);
  assertOneWay(media, name);
  return 'url' in media && media.url !== undefined
    ? mediumAtUrl(media.url, `${name}.url`)
    : mediumOfBytes('bytes' in media ? media.bytes : undefined, `${name}.bytes`);
}

export function mediumAtUrl(url: unknown, name: string): MediumAtUrl {
  if (typeof url === 'string' && isUrl(url)) return { url };
  if (url instanceof URL) return mediumAtUrl(url.href, name);
  throw invalidArgument(
    name,
    'a URL with its scheme, such as https://samples.clarifai.com/metro-north.jpg (a file of this machine is given as { file })',
    url,
  );
}

export function mediumOfBytes(bytes: unknown, name: string): MediumOfBytes {
  if (bytes instanceof Uint8Array) return { bytes };
  if (isAnyArrayBuffer(bytes)) return { bytes: new Uint8Array(bytes) };
  throw invalidArgument(name, 'a Uint8Array or ArrayBuffer', bytes);
}

/** Fails unless a medium is given in one way, and in one only. */
export function assertOneWay(media: object, name: string): void {
  assertNoStream(media, name);
  const ways = ['url', 'bytes', 'file'];
  assertObject(media, name, ways);
  const given = ways.filter((way) => Reflect.get(media, way) !== undefined);
  if (given.length !== 1) throw invalidArgument(name, 'one of url, bytes and file', given.join(' and '));
}

/** Fails when the service would refuse a file for its size. */
export function assertMediumSize(medium: Medium, kind: MediaKind, name: string): void {
  if ('url' in medium) return;
  const limit = kind === 'video' ? maxVideoBytes : maxFileBytes;
  if (medium.bytes.length === 0) throw invalidArgument(name, 'at least one byte', medium.bytes);
  if (medium.bytes.length > limit) throw invalidArgument(name, `at most ${limit} bytes`, medium.bytes);
}

const anyUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/\s]/i;
const usualBeginning = 'https://';

// Most are of the usual kind, and for those it takes a fraction of the time to look no further than the first letter.
export function isUrl(text: string): boolean {
  return (
    (text.startsWith(usualBeginning) && isAlphanumeric(text.charCodeAt(usualBeginning.length))) || anyUrl.test(text)
  );
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
}
