import type { Input } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { AnswerStatus } from '../answers';
import { Refusal, refuse, status } from '../answers';
import { imageFormat } from '../image/format';
import type { Limits } from '../limits';
import type { MediaKind } from '../state/input-urls';
import { mediaKinds } from '../state/input-urls';
import type { UrlTable } from '../state/url-table';

/** What an input holds, its URL looked up. */
export interface Media {
  /** `undefined` for inputs of parts and plain values, as models with method signatures take them. */
  readonly kind: MediaKind | undefined;
  /** `undefined` for a URL that nobody has seeded and that must not be fetched. */
  readonly bytes: Uint8Array | undefined;
  /** Where it is; `undefined` for bytes and raw text. */
  readonly url: string | undefined;
  /** A text, decoded; `undefined` for other media. */
  readonly text: string | undefined;
}

const couldNotProcess = 'Download failed or we could not process it. Check URL or bytes you send in the request.';

/** The status of media that could not be fetched or is not what it should be. */
export function unprocessable(details: string): AnswerStatus {
  return status(StatusCode.INPUT_FAILED, details, couldNotProcess);
}

/**
 * @param wanted the only kinds that will do; anything goes without it
 * @throws Refusal with the status of an input that no model, or not this one, could take
 */
export function mediaOf(
  { data }: Input,
  wanted: readonly MediaKind[] | undefined,
  urls: UrlTable,
  limits: Limits,
): Media {
  if (data === undefined) throw refuse(StatusCode.INPUT_INVALID_ARGUMENT, 'The input has no data.');
  const given = mediaKinds.find((one) => data[one] !== undefined);
  const kind = wanted?.find((one) => data[one] !== undefined) ?? given;
  if (wanted !== undefined && kind === undefined)
    throw refuse(StatusCode.INPUT_INVALID_ARGUMENT, `The input has no ${wanted.join(' or ')}.`);
  if (wanted !== undefined && kind !== undefined && !wanted.includes(kind)) {
    throw refuse(StatusCode.INPUT_UNSUPPORTED_FORMAT, `Expected ${wanted.join(' or ')} input, got ${kind} input.`);
  }
  if (kind === undefined) return { kind, bytes: undefined, url: undefined, text: undefined };

  const { url, bytes, text } = kind === 'text' ? textParts(data.text) : { ...mediaParts(data[kind]), text: undefined };
  const limit = kind === 'video' ? limits.maxRequestBytes : limits.maxFileBytes;
  if (bytes !== undefined && bytes.length > limit) {
    throw refuse(StatusCode.INPUT_OVER_LIMIT, `The ${kind} has ${bytes.length} bytes; the limit is ${limit}.`);
  }
  if (bytes !== undefined || text !== undefined) return checked({ kind, bytes, url: undefined, text });
  if (url === undefined) throw refuse(StatusCode.INPUT_INVALID_ARGUMENT, `The ${kind} has neither a URL nor bytes.`);
  const content = urls.resolve(url);
  if (content.kind === 'failed') throw refuse(StatusCode.INPUT_FAILED, content.details);
  const found = content.kind === 'bytes' ? content.bytes : undefined;
  return checked({
    kind,
    bytes: found,
    url,
    text: kind === 'text' && found ? Buffer.from(found).toString() : undefined,
  });
}

function checked(media: Media): Media {
  if (media.kind === 'image' && media.bytes !== undefined && imageFormat(media.bytes) === undefined) {
    throw new Refusal(unprocessable('The bytes are not an image in a supported format.'));
  }
  return media;
}

type Parts = {
  readonly url: string | undefined;
  readonly bytes: Uint8Array | undefined;
  readonly text: string | undefined;
};

function mediaParts(media: { readonly url: string; readonly base64: Uint8Array } | undefined): Omit<Parts, 'text'> {
  return { url: media?.url || undefined, bytes: media?.base64.length ? media.base64 : undefined };
}

function textParts(text: { readonly url: string; readonly raw: string } | undefined): Parts {
  return { url: text?.url || undefined, bytes: undefined, text: text?.raw || undefined };
}
