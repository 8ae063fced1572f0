import type { Data, HostedURL, Input } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import type { AnswerStatus } from '../answers';
import { status } from '../answers';
import { hostedOf } from '../media/hosted-media';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';
import type { MediaKind } from '../state/input-urls';
import { hostedUrl } from '../state/input-urls';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** A stored input as the service answers it: hosted URLs for what was sent as bytes or text, and what is known of the media. */
export function showInput(app: AppState, record: InputRecord): DeepPartial<Input> & { readonly status: AnswerStatus } {
  const createdAt = toTimestamp(record.createdAtMs);
  return {
    id: record.id,
    data: showData(app, record),
    createdAt,
    modifiedAt: record.modifiedAtMs === record.createdAtMs ? createdAt : toTimestamp(record.modifiedAtMs),
    status: status(record.statusCode, record.statusCode === StatusCode.INPUT_FAILED ? record.failure : undefined),
    datasetIds: record.datasetIds,
  };
}

/** An input that was not accepted: what was sent, without its bytes, and why. */
export function showRefused(
  input: Input,
  reason: AnswerStatus,
): DeepPartial<Input> & { readonly status: AnswerStatus } {
  const data: Record<string, unknown> = { ...(input.data && sparse(input.data)) };
  for (const kind of ['image', 'video', 'audio'] as const) {
    const { base64: _bytes, ...media } = input.data?.[kind] ?? {};
    if (input.data?.[kind] !== undefined) data[kind] = media;
  }
  return { id: input.id, data, status: reason };
}

// Shared: a page of inputs says the same of each.
const unknownImage = { format: 'UnknownImageFormat', colorMode: 'UnknownColorMode' };

function showData(app: AppState, record: InputRecord): DeepPartial<Data> {
  const { data, statusCode, imageInfo } = record;
  const { image, video, audio, text, concepts } = data;
  const known = statusCode === StatusCode.INPUT_SUCCESS ? imageInfo : undefined;
  return {
    ...data,
    ...(concepts && { concepts: concepts.map((concept) => ({ ...concept, ...app.owner })) }),
    ...(image && {
      image: {
        ...image,
        ...whereabouts(app, record, 'image'),
        imageInfo: known === undefined ? unknownImage : { ...unknownImage, ...known },
      },
    }),
    ...(video && {
      video: { ...video, ...whereabouts(app, record, 'video'), videoInfo: { videoFormat: 'UnknownVideoFormat' } },
    }),
    ...(audio && {
      audio: { ...audio, ...whereabouts(app, record, 'audio'), audioInfo: { audioFormat: 'UnknownAudioFormat' } },
    }),
    // The service answers a text by the URL where it hosts it, not by its words.
    ...(text && { text: { ...whereabouts(app, record, 'text'), textInfo: { encoding: 'UnknownTextEnc' } } }),
  };
}

/** The URL that the input was given, or the one where the service hosts it, and the sizes that it is hosted in. */
function whereabouts(
  app: AppState,
  record: InputRecord,
  kind: MediaKind,
): { readonly url: string; readonly hosted?: DeepPartial<HostedURL> } {
  const hosted = hostedOf(app, record, kind);
  const given = record.data[kind]?.url;
  if (hosted === undefined) return { url: given ?? hostedUrl(app.owner, kind, record.id) };
  return { url: given ?? `${hosted.prefix}/orig/${hosted.suffix}`, hosted };
}
