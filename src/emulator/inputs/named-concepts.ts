import type { Concept, Data } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';

/** Data whose concepts have both an id and a name, also those of its regions, frames and stretches of time. */
export function withNamedConcepts(data: DeepPartial<Data>): DeepPartial<Data> {
  const within = <Part extends { readonly data?: DeepPartial<Data> | undefined }>(parts: readonly Part[]): Part[] =>
    parts.map((part) => ({ ...part, ...(part.data && { data: withNamedConcepts(part.data) }) }));
  const { concepts, regions, frames, timeSegments } = data;
  return {
    ...data,
    ...(concepts && { concepts: concepts.map(named) }),
    ...(regions && { regions: within(regions) }),
    ...(frames && { frames: within(frames) }),
    ...(timeSegments && { timeSegments: within(timeSegments) }),
  };
}

/** A concept that has only a name is known by it, and the other way around. */
export function named({ id, name, ...rest }: DeepPartial<Concept>): DeepPartial<Concept> {
  const known = id ?? name;
  return { id: known, name: name ?? known, ...rest };
}
