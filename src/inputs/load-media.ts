import { readFile, stat } from 'node:fs/promises';
import { assertString, invalidArgument } from '../base/assert';
import { ClarifaiError } from '../base/errors';
import { maxVideoBytes } from '../base/limits';
import { decodeText } from './decode-text';
import type { InputLike, InputLiteral, MediaLike, TextLike } from './input-like';
import { assertOneWay } from './medium';

type Stored = Blob | { readonly file: string };

/** An input whose media are all at hand: files and Blobs have been read. A `file` is left to tell where `bytes` come from. */
export type LoadedLiteral = Omit<InputLiteral, 'image' | 'video' | 'audio' | 'text'> & {
  readonly image?: Exclude<MediaLike, Stored> | undefined;
  readonly video?: Exclude<MediaLike, Stored> | undefined;
  readonly audio?: Exclude<MediaLike, Stored> | undefined;
  readonly text?: Exclude<TextLike, Stored> | undefined;
};

/** Whether it is in a file or a Blob; what is wrong with it is told when it is built. */
export function mustBeRead(inputLike: InputLike | Error): boolean {
  if (typeof inputLike !== 'object' || inputLike === null) return false;
  try {
    return inputLike instanceof Blob || !isLoaded(inputLike as InputLiteral);
  } catch {
    return false;
  }
}

export function isLoaded(literal: InputLiteral): literal is LoadedLiteral {
  const { file, image, video, audio, text } = literal;
  return file === undefined && !isStored(image) && !isStored(video) && !isStored(audio) && !isStored(text);
}

/** Reads what is in files and Blobs. */
export async function loadMedia(literal: InputLiteral, name: string): Promise<LoadedLiteral> {
  const { file, image, video, audio, text, bytes } = literal;
  return {
    ...literal,
    bytes: file === undefined ? bytes : await loadFile(file, `${name}.file`),
    image: isStored(image) ? await load(image, `${name}.image`) : image,
    video: isStored(video) ? await load(video, `${name}.video`) : video,
    audio: isStored(audio) ? await load(audio, `${name}.audio`) : audio,
    text: isStored(text) ? { raw: decodeText(await load(text, `${name}.text`), textName(text, name)) } : text,
  };
}

function textName(text: Stored, name: string): string {
  return text instanceof Blob ? `${name}.text` : `${name}.text.file`;
}

function isStored(media: MediaLike | TextLike | undefined): media is Stored {
  if (typeof media !== 'object' || media === null) return false;
  return media instanceof Blob || ('file' in media && media.file !== undefined);
}

async function load(media: Stored, name: string): Promise<Uint8Array> {
  if (media instanceof Blob) return new Uint8Array(await media.arrayBuffer());
  assertOneWay(media, name);
  return loadFile(media.file, `${name}.file`);
}

async function loadFile(file: string, name: string): Promise<Uint8Array> {
  assertString(file, name, { nonEmpty: true });
  try {
    const { size } = await stat(file);
    if (size === 0) throw invalidArgument(name, 'a file of at least one byte', file);
    // Before reading: a film of many gigabytes would not fit into memory.
    if (size > maxVideoBytes) throw invalidArgument(name, `a file of at most ${maxVideoBytes} bytes`, file);
    return await readFile(file);
  } catch (error) {
    if (error instanceof ClarifaiError) throw error;
    throw invalidArgument(name, 'a file that can be read', file, { cause: error });
  }
}
