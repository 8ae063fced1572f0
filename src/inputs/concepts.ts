import { assertNumber, assertObject, assertString } from '../base/assert';
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
