import type { Data, Input } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { Owner } from '../state/input-urls';
import { hostedUrl } from '../state/input-urls';
import { sparse } from '../state/sparse';

/** An input as an output shows it: bytes that were sent have become a hosted URL. */
export function echoInput({ data }: Input, id: string, owner: Owner): DeepPartial<Input> {
  if (data === undefined) return { id };
  return { id, data: withoutBytes(sparse(data), (kind) => hostedUrl(owner, kind, id)) };
}

/** Replaces the bytes of images, videos and audio by a URL. */
function withoutBytes(
  data: DeepPartial<Data>,
  urlOf: (kind: 'image' | 'video' | 'audio') => string,
): DeepPartial<Data> {
  const rest: Record<string, unknown> = { ...data };
  for (const kind of ['image', 'video', 'audio'] as const) {
    const media = data[kind];
    if (media?.base64 === undefined) continue;
    const { base64: _bytes, ...others } = media;
    rest[kind] = { ...others, url: urlOf(kind) };
  }
  return rest;
}
