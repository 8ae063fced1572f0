import type { Data } from '../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../wire/codec';
import type { ConceptLike } from './concepts';
import type { JsonObject } from './json';

/** One medium: a URL, bytes, a Blob or a file. */
export type MediaLike =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Blob
  | { readonly url: string | URL }
  | { readonly bytes: Uint8Array | ArrayBuffer }
  | { readonly file: string };

/** A text: the text itself, or where it is. */
export type TextLike = string | { readonly raw: string } | { readonly url: string | URL } | { readonly file: string };

/**
 * An input in full. Give its media under their own names (`image`, `video`, `audio`, `text`; several make a multimodal
 * input), or as one `url`, `bytes` or `file` whose kind is found out from its extension or first bytes.
 */
export interface InputLiteral {
  /**
   * The id the input gets: at most 48 characters, none of them a space, a control character or one of / \ ? # %
   *
   * @default the service makes one (predictions), or this client (uploads)
   */
  readonly id?: string | undefined;
  /** JPEG, PNG, TIFF, BMP, WEBP or GIF; as bytes at most 20 MiB, and at most 85 megapixels. */
  readonly image?: MediaLike | undefined;
  /** AVI, MP4, WMV, MOV or 3GPP; as bytes less than 128 MB, by URL 300 MB or 10 minutes. */
  readonly video?: MediaLike | undefined;
  /** WAV; at most 20 MiB. */
  readonly audio?: MediaLike | undefined;
  /** At most 20 MiB of UTF-8. */
  readonly text?: TextLike | undefined;
  /** Where the medium is; an image, unless the extension says otherwise. The service fetches it. */
  readonly url?: string | URL | undefined;
  /** A file's bytes, whose first ones say what it is. */
  readonly bytes?: Uint8Array | ArrayBuffer | undefined;
  /** Path of a file, which is read when its turn comes. */
  readonly file?: string | undefined;
  /** Concepts the input has, or with value 0 has not. */
  readonly concepts?: readonly ConceptLike[] | undefined;
  /** Any JSON object; it can be searched for. */
  readonly metadata?: JsonObject | undefined;
  /** Where it was made, in degrees. */
  readonly geo?: { readonly latitude: number; readonly longitude: number } | undefined;
  /** Datasets the input joins. */
  readonly datasetIds?: readonly string[] | undefined;
  /** Accept a URL that the app already has. @default false */
  readonly allowDuplicateUrl?: boolean | undefined;
  /** Anything else that the service's Data message can hold; the fields above are set on top of it. */
  readonly data?: DeepPartial<Data> | undefined;
}

/** What can be given as an input: a URL, the bytes of a file, a Blob, or a literal such as `{ file }` or `{ text }`. */
export type InputLike = string | URL | Uint8Array | ArrayBuffer | Blob | InputLiteral;

/**
 * Any number of inputs, endless ones included. An Error in place of an input says that it could not be had: it fails with
 * that error, and the others go on.
 */
export type InputsLike = Iterable<InputLike | Error> | AsyncIterable<InputLike | Error>;
