import { readFile, stat } from 'node:fs/promises';
import { assertObject, assertString, invalidArgument } from '../base/assert';
import type { MediaLike } from './input-like';
import { ClarifaiError } from '../base/errors';
import { maxFileBytes, maxVideoBytes } from '../base/limits';
import type { MediaKind } from './media-kind';

/** A medium as it goes into a message: by URL, or loaded. */
export type Medium = { readonly url: string } | { readonly bytes: Uint8Array };

/** Reads a file or a Blob. */
export type LoadMedium = () => Promise<Medium>;

/** The medium that the caller gave, or what will load it. URLs stay URLs: the service fetches them. */
export function toMedium(media: MediaLike, name: string): Medium | LoadMedium {
  if (typeof media === 'string') return mediumAtUrl(media, name);
  if (media instanceof Uint8Array) return { bytes: media };
  if (media instanceof Blob) return async () => ({ bytes: new Uint8Array(await media.arrayBuffer()) });
  assertObject(media, name, ['url', 'bytes', 'file']);
  const given = (['url', 'bytes', 'file'] as const).filter(
    (field) => field in media && Reflect.get(media, field) !== undefined,
  );
  if (given.length !== 1) throw invalidArgument(name, 'one of url, bytes and file', given.join(' and '));
  if ('url' in media && media.url !== undefined) return mediumAtUrl(media.url, `${name}.url`);
  if ('file' in media && media.file !== undefined) return mediumInFile(media.file, `${name}.file`);
  return mediumOfBytes('bytes' in media ? media.bytes : undefined, `${name}.bytes`);
}

export function mediumAtUrl(url: unknown, name: string): Medium {
  if (typeof url === 'string' && isUrl(url)) return { url };
  throw invalidArgument(
    name,
    'a URL with its scheme, such as https://samples.clarifai.com/metro-north.jpg (a file of this machine is given as { file })',
    url,
  );
}

export function mediumOfBytes(bytes: unknown, name: string): Medium {
  if (!(bytes instanceof Uint8Array)) throw invalidArgument(name, 'a Uint8Array', bytes);
  return { bytes };
}

export function mediumInFile(file: unknown, name: string): LoadMedium {
  assertString(file, name, { nonEmpty: true });
  return () => loadFile(file, name);
}

/** Fails when the service would refuse a file for its size. */
export function assertMediumSize(medium: Medium, kind: MediaKind, name: string): void {
  if ('url' in medium) return;
  const limit = kind === 'video' ? maxVideoBytes : maxFileBytes;
  if (medium.bytes.length === 0) throw invalidArgument(name, 'at least one byte', medium.bytes);
  if (medium.bytes.length > limit) throw invalidArgument(name, `at most ${limit} bytes`, medium.bytes);
}

async function loadFile(file: string, name: string): Promise<Medium> {
  try {
    const { size } = await stat(file);
    // Before reading: a film of many gigabytes would not fit into memory.
    if (size > maxVideoBytes) throw invalidArgument(name, `a file of at most ${maxVideoBytes} bytes`, file);
    return { bytes: await readFile(file) };
  } catch (error) {
    if (error instanceof ClarifaiError) throw error;
    throw invalidArgument(name, 'a file that can be read', file, { cause: error });
  }
}

const anyUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/\s]/i;
const usualUrl = /^https?:\/\/\w/;

// Most are of the usual kind, and for those the simpler expression takes a fraction of the time.
function isUrl(text: string): boolean {
  return usualUrl.test(text) || anyUrl.test(text);
}
