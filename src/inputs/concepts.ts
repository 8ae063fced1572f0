import { assertNumber, assertObject, assertString, invalidArgument } from '../base/assert';
import type { Concept } from '../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../wire/codec';

/**
 * A concept of an input: an id, or an id with a value. A string, and an object without `value`, mean 1, the concept is
 * there; `value: 0` says that it is not. (On the wire an unset value would be 0: a negative.)
 */
export type ConceptLike =
  string | { readonly id: string; readonly name?: string; readonly value?: number; readonly language?: string };

export function toConcept(concept: ConceptLike, name: string): DeepPartial<Concept> {
  if (typeof concept === 'string') {
    assertString(concept, name, { nonEmpty: true });
    return { id: concept, value: 1 };
  }
  assertObject(concept, name, ['id', 'name', 'value', 'language']);
  const { id, name: label, language, value = 1 } = concept;
  if (label !== undefined) assertString(label, `${name}.name`);
  if (language !== undefined) assertString(language, `${name}.language`);
  assertString(id, `${name}.id`, { nonEmpty: true });
  assertNumber(value, `${name}.value`, { min: 0, max: 1 });
  return { ...concept, value };
}

/** A concept that is asked for: a string is an id, an object names it by id or by name. */
export type ConceptRef =
  | string
  | {
      readonly id?: string | undefined;
      readonly name?: string | undefined;
      /** Language of the name. @default the app's */
      readonly language?: string | undefined;
    };

/** @throws InvalidRequestError naming the argument and the value */
export function toConceptRef(concept: ConceptRef, name: string): DeepPartial<Concept> {
  if (typeof concept === 'string') {
    assertString(concept, name, { nonEmpty: true });
    return { id: concept };
  }
  assertObject(concept, name, ['id', 'name', 'language']);
  for (const [field, text] of Object.entries(concept)) {
    if (text !== undefined) assertString(text, `${name}.${field}`, { nonEmpty: true });
  }
  if (concept.id === undefined && concept.name === undefined) {
    throw invalidArgument(name, 'a concept with an id or a name', concept);
  }
  return concept;
}
