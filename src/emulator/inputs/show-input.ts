import type { Data, Input } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import type { AnswerStatus } from '../answers';
import { status } from '../answers';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';
import { hostedUrl } from '../state/input-urls';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** A stored input as the service answers it: hosted URLs for what was sent as bytes or text, and what is known of the media. */
export function showInput(app: AppState, record: InputRecord): DeepPartial<Input> & { readonly status: AnswerStatus } {
  return {
    id: record.id,
    data: showData(app, record),
    createdAt: toTimestamp(record.createdAtMs),
    modifiedAt: toTimestamp(record.modifiedAtMs),
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

function showData(app: AppState, { id, data, statusCode, imageInfo }: InputRecord): DeepPartial<Data> {
  const { image, video, audio, text, concepts } = data;
  const { owner } = app;
  const known = statusCode === StatusCode.INPUT_SUCCESS ? imageInfo : undefined;
  return {
    ...data,
    ...(concepts && { concepts: concepts.map((concept) => ({ ...concept, ...owner })) }),
    ...(image && {
      image: {
        ...image,
        url: image.url ?? hostedUrl(owner, 'image', id),
        imageInfo: { format: 'UnknownImageFormat', colorMode: 'UnknownColorMode', ...known },
      },
    }),
    ...(video && {
      video: {
        ...video,
        url: video.url ?? hostedUrl(owner, 'video', id),
        videoInfo: { videoFormat: 'UnknownVideoFormat' },
      },
    }),
    ...(audio && {
      audio: {
        ...audio,
        url: audio.url ?? hostedUrl(owner, 'audio', id),
        audioInfo: { audioFormat: 'UnknownAudioFormat' },
      },
    }),
    // The service answers a text by the URL where it hosts it, not by its words.
    ...(text && { text: { url: text.url ?? hostedUrl(owner, 'text', id), textInfo: { encoding: 'UnknownTextEnc' } } }),
  };
}
