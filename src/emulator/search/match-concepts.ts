import type { Concept, Data } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { matchesPattern } from './wildcard';

type ConceptMessage = DeepPartial<Concept>;

/** Whether at least one of the wanted concepts is there, as present (value 1) or as absent (value 0), as wanted. */
export function matchesConcepts(data: DeepPartial<Data>, wanted: readonly ConceptMessage[]): boolean {
  const found = conceptsIn(data);
  return wanted.some((one) => found.some((other) => isSame(one, other) && isPositive(one) === isPositive(other)));
}

/** Whether a concept is the one that a query means, by id or else by name; `*` stands for anything. */
export function isSame({ id, name }: ConceptMessage, other: ConceptMessage): boolean {
  if (id !== undefined) return matchesPattern(other.id ?? '', id);
  return matchesPattern(other.name ?? other.id ?? '', name ?? '');
}

/** An annotation says yes or no; a value that is not set reads as 0, which is no. */
export function isPositive({ value = 0 }: ConceptMessage): boolean {
  return value > 0;
}

/** Concepts of the whole, of its regions, frames and stretches of time. */
export function conceptsIn(data: DeepPartial<Data>): ConceptMessage[] {
  const parts = [...(data.regions ?? []), ...(data.frames ?? []), ...(data.timeSegments ?? [])];
  return [...(data.concepts ?? []), ...parts.flatMap((part) => (part.data === undefined ? [] : conceptsIn(part.data)))];
}
