import { invalidArgument } from '../base/assert';
import type { Input } from '../ingestion/outcome';
import { type MediaKind, mediaKinds } from '../inputs/media-kind';

/** One medium of an input as a file: by URL, or what it holds. */
export interface InputFile {
  readonly kind: MediaKind;
  /** Name for the file, from the input's id: no two inputs share one, and none leads out of its folder. */
  readonly name: string;
  readonly content: { readonly url: string } | string | Uint8Array;
}

/** Sizes in which the service hosts a picture; `orig` is what was sent. */
export type HostedSize = 'orig' | 'large' | 'small' | 'tiny';

const defaultExtensions: Readonly<Record<MediaKind, string>> = {
  image: 'jpg',
  video: 'mp4',
  audio: 'wav',
  text: 'txt',
};

/** The files of an input: where the service hosts them, else where they came from. */
export function inputFiles({ id, data }: Input, size: HostedSize = 'orig'): readonly InputFile[] {
  return mediaKinds.flatMap((kind): readonly InputFile[] => {
    const medium = data?.[kind];
    if (medium === undefined) return [];
    if ('raw' in medium && medium.raw !== '') return [{ kind, name: fileName(id, 'txt'), content: medium.raw }];
    const { url, hosted } = medium;
    const hostedSize = hosted?.sizes.includes(size) === true ? size : 'orig';
    const where =
      hosted === undefined || hosted.prefix === '' ? url : `${hosted.prefix}/${hostedSize}/${hosted.suffix}`;
    if (where !== '') {
      return [{ kind, name: fileName(id, extensionOf(where) ?? defaultExtensions[kind]), content: { url: where } }];
    }
    if (!('base64' in medium) || medium.base64.length === 0) return [];
    return [{ kind, name: fileName(id, defaultExtensions[kind]), content: medium.base64 }];
  });
}

/** Longest id of which a file can have the name: file systems take 255 bytes. */
const maxNameLength = 200;

/**
 * A name for a file of an input. Everything but plain letters and digits is written as its number, so that the name says the
 * id and nothing else.
 *
 * @throws InvalidRequestError for an id that is too long for a name
 */
export function fileName(id: string, extension: string): string {
  const plain = id.replace(/[^A-Za-z0-9_-]/gu, (character) => `%${character.codePointAt(0)?.toString(16)};`);
  if (plain.length > maxNameLength) throw invalidArgument('id', 'one that a file can have the name of', id);
  return `${plain}.${extension}`;
}

function extensionOf(url: string): string | undefined {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(url.replace(/[?#].*$/s, ''))?.[1];
  return extension?.toLowerCase();
}
