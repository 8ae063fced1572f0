import type { Data, Frame } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import { durationMsOf } from '../duration/duration-of';
import { digestOf } from './hash-media';
import type { Media } from './media';
import type { ModelFunction, PredictContext } from './model-function';

const defaultSampleMs = 1000;
/** An hour at the default rate; no document says where the service stops. */
const mostFrames = 3600;

/** What a model says of an image, or of one frame of a video. */
export type ImageFunction = (media: Media, context: PredictContext) => DeepPartial<Data>;

/** A model of images that takes videos, too, and then says of a frame every `sample_ms` what it would say of an image. */
export function overFrames(predict: ImageFunction): ModelFunction {
  return (_input, context) => {
    const { media, outputConfig } = context;
    if (media.kind !== 'video') return predict(media, context);
    return { frames: framesOf(media, outputConfig.sampleMs ?? defaultSampleMs, (frame) => predict(frame, context)) };
  };
}

/** A frame stands for the time around it, and so the first is half a step from the beginning. */
function framesOf(media: Media, sampleMs: number, predict: (frame: Media) => DeepPartial<Data>): DeepPartial<Frame>[] {
  const durationMs = durationMsOf(media);
  const count = Math.max(1, Math.ceil(durationMs / sampleMs - 0.5));
  if (count > mostFrames)
    throw refuse(StatusCode.INPUT_OVER_LIMIT, `The video has ${count} frames to look at; the limit is ${mostFrames}.`);
  const digest = digestOf(media).toString('hex');
  return Array.from({ length: count }, (_, index) => {
    const time = Math.round(Math.min(sampleMs / 2 + index * sampleMs, durationMs));
    return { frameInfo: { index, time }, data: predict(frameOf(digest, index)) };
  });
}

/** Frames are not decoded: what is said of one follows from the video and the place of the frame in it. */
function frameOf(digest: string, index: number): Media {
  return { kind: 'image', bytes: undefined, url: `frame ${index} of ${digest}`, text: undefined };
}
