import type { Writer } from '../wire/writer';
import { isInputId } from './input-id';
import type { InputLike } from './input-like';
import { type MediaKind, mediaKindOfName } from './media-kind';
import { isUrl } from './medium';

// Fields of clarifai.api.Input, of its Data and of the media in that, as they are on the wire.
const tags = { id: 10, data: 18, image: 10, video: 18, text: 106, audio: 114, url: 10, urlOfText: 18 };

/**
 * An input that is a URL and maybe an id, as most inputs of large loads are. It is written as an Input message without being
 * made one, which would take as long as all else that is done about it.
 */
export class UrlInput {
  readonly id: string | undefined;
  readonly #url: string;
  readonly #kind: MediaKind;

  constructor(id: string | undefined, url: string) {
    this.id = id;
    this.#url = url;
    this.#kind = mediaKindOfName(url) ?? 'image';
  }

  /** A request may carry one video only. */
  get isVideo(): boolean {
    return this.#kind === 'video';
  }

  static readonly write = (input: UrlInput, writer: Writer): void => {
    if (input.id !== undefined) writer.string(tags.id, input.id);
    writer.message(tags.data, input.#url, writeData[input.#kind]);
  };
}

type WriteUrl = (url: string, writer: Writer) => void;

const writeMedium: WriteUrl = (url, writer) => writer.string(tags.url, url);
const writeText: WriteUrl = (url, writer) => writer.string(tags.urlOfText, url);

const writeData: Readonly<Record<MediaKind, WriteUrl>> = {
  image: (url, writer) => writer.message(tags.image, url, writeMedium),
  video: (url, writer) => writer.message(tags.video, url, writeMedium),
  audio: (url, writer) => writer.message(tags.audio, url, writeMedium),
  text: (url, writer) => writer.message(tags.text, url, writeText),
};

/** The input, when all that was given is a URL and maybe an id that are right. What is wrong with others `toInput` says. */
export function toUrlInput(inputLike: InputLike | Error): UrlInput | undefined {
  if (typeof inputLike === 'string') return isUrl(inputLike) ? new UrlInput(undefined, inputLike) : undefined;
  if (!isPair(inputLike)) return undefined;
  const { id, url } = inputLike;
  if (typeof url !== 'string' || !isUrl(url) || (id !== undefined && !isInputId(id))) return undefined;
  return new UrlInput(id, url);
}

function isPair(inputLike: unknown): inputLike is { readonly id?: unknown; readonly url?: unknown } {
  if (typeof inputLike !== 'object' || inputLike === null) return false;
  if (Object.getPrototypeOf(inputLike) !== Object.prototype) return false;
  for (const name in inputLike) if (name !== 'url' && name !== 'id') return false;
  return true;
}
