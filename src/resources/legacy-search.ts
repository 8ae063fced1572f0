import type { And } from '../../generated/proto/clarifai/api/resources';
import { assertObject, assertString, invalidArgument } from '../base/assert';
import { assertId } from '../base/id';
import type { MediaLike } from '../inputs/input-like';
import { assertJsonObject, type JsonObject } from '../inputs/json';
import type { DeepPartial } from '../wire/codec';
import { type GeoFilter, toGeo } from './search-filter';
import { type SearchConcept, toSearchConcepts, toSearchImage } from './search-rank';

/** One term of a search in the first API: exactly one of these. */
export interface LegacyTerm {
  /** Inputs that people gave this concept. */
  readonly annotatedConcept?: SearchConcept | undefined;
  /** Ranks by how sure the app's model is of this concept. */
  readonly predictedConcept?: SearchConcept | undefined;
  /** Ranks by likeness to a picture. */
  readonly image?: MediaLike | undefined;
  /** Ranks by likeness to an input of the app. */
  readonly inputId?: string | undefined;
  /** Inputs that were added from this URL. */
  readonly originalUrl?: string | undefined;
  /** Inputs whose metadata holds this. */
  readonly metadata?: JsonObject | undefined;
  /** Inputs from there. */
  readonly geo?: GeoFilter | undefined;
  /** Turns the term's meaning round. @default false */
  readonly negate?: boolean | undefined;
}

const kinds = [
  'annotatedConcept',
  'predictedConcept',
  'image',
  'inputId',
  'originalUrl',
  'metadata',
  'geo',
] as const satisfies readonly (keyof LegacyTerm)[];

/** @throws InvalidRequestError naming the argument and the value */
export async function toAnd(term: LegacyTerm, name: string): Promise<DeepPartial<And>> {
  assertObject(term, name, [...kinds, 'negate']);
  const given = kinds.filter((kind) => term[kind] !== undefined);
  if (given.length !== 1) throw invalidArgument(name, `one of ${kinds.join(', ')}`, given.join(' and '));
  return { ...(await toCondition(term, name)), ...(term.negate === true && { negate: true }) };
}

async function toCondition(term: LegacyTerm, name: string): Promise<DeepPartial<And>> {
  const { annotatedConcept, predictedConcept, image, inputId, originalUrl, metadata, geo } = term;
  if (annotatedConcept !== undefined) {
    return { input: { data: { concepts: toSearchConcepts([annotatedConcept], `${name}.annotatedConcept`) } } };
  }
  if (predictedConcept !== undefined) {
    return { output: { data: { concepts: toSearchConcepts([predictedConcept], `${name}.predictedConcept`) } } };
  }
  if (image !== undefined) {
    return { output: { input: { data: { image: await toSearchImage(image, name) } } } };
  }
  if (inputId !== undefined) {
    assertId(inputId, `${name}.inputId`);
    return { output: { input: { id: inputId } } };
  }
  if (originalUrl !== undefined) {
    assertString(originalUrl, `${name}.originalUrl`, { nonEmpty: true });
    return { input: { data: { image: { url: originalUrl } } } };
  }
  if (geo !== undefined) return { input: { data: { geo: toGeo(geo, `${name}.geo`) } } };
  assertJsonObject(metadata, `${name}.metadata`);
  return { input: { data: { metadata } } };
}
