import type { Input } from '../ingestion/outcome';
import { type MediaKind, mediaKinds } from '../inputs/media-kind';

/** One medium of an input as a file: by URL, or what it holds. */
export interface InputFile {
  readonly kind: MediaKind;
  /** Name for the file, from the input's id: no two inputs share one, and none leads out of its folder. */
  readonly name: string;
  readonly content: { readonly url: string } | { readonly text: string };
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
    if ('raw' in medium && medium.raw !== '') return [{ kind, name: nameOf(id, 'txt'), content: { text: medium.raw } }];
    const { url, hosted } = medium;
    const hostedSize = hosted?.sizes.includes(size) === true ? size : 'orig';
    const where =
      hosted === undefined || hosted.prefix === '' ? url : `${hosted.prefix}/${hostedSize}/${hosted.suffix}`;
    if (where === '') return [];
    return [{ kind, name: nameOf(id, extensionOf(where) ?? defaultExtensions[kind]), content: { url: where } }];
  });
}

/** Everything but plain letters and digits is written as its number, so that the name says the id and nothing else. */
function nameOf(id: string, extension: string): string {
  const plain = id.replace(/[^A-Za-z0-9_-]/gu, (character) => `%${character.codePointAt(0)?.toString(16)};`);
  return `${plain}.${extension}`;
}

function extensionOf(url: string): string | undefined {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(url.replace(/[?#].*$/s, ''))?.[1];
  return extension?.toLowerCase();
}
