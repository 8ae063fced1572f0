import type { Annotation, Data } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { AnswerStatus } from '../answers';
import { status } from '../answers';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { StoredAnnotation } from '../state/annotations';
import type { AppState } from '../state/app-state';
import type { Owner } from '../state/input-urls';

export type ShownAnnotation = DeepPartial<Annotation> & { readonly status: AnswerStatus };

/** A stored annotation as the service answers it. */
export function showAnnotation({ owner }: AppState, annotation: StoredAnnotation): ShownAnnotation {
  const { data = {}, userId = owner.userId } = annotation;
  return {
    ...annotation,
    userId,
    worker: annotation.worker ?? { user: { id: userId } },
    data: withOwner(data, owner),
    status: status(annotation.status?.code ?? StatusCode.ANNOTATION_SUCCESS),
  };
}

/** Data whose concepts say which app they belong to, also those of its regions, frames and stretches of time. */
function withOwner(data: DeepPartial<Data>, owner: Owner): DeepPartial<Data> {
  const within = <Part extends { readonly data?: DeepPartial<Data> | undefined }>(parts: readonly Part[]): Part[] =>
    parts.map((part) => ({ ...part, ...(part.data && { data: withOwner(part.data, owner) }) }));
  const { concepts, regions, frames, timeSegments } = data;
  return {
    ...data,
    ...(concepts && { concepts: concepts.map((concept) => ({ ...concept, ...owner })) }),
    ...(regions && { regions: within(regions) }),
    ...(frames && { frames: within(frames) }),
    ...(timeSegments && { timeSegments: within(timeSegments) }),
  };
}
