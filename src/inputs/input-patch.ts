import type { Data, Input } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertObject } from '../base/assert';
import { assertId } from '../base/id';
import type { DeepPartial, Mutable } from '../wire/codec';
import type { InputLiteral } from './input-like';
import { addLabels } from './to-input';

/** What is to change of an input that is there already: its labels, not its medium. */
export interface InputPatch extends Pick<InputLiteral, 'concepts' | 'metadata' | 'geo' | 'datasetIds' | 'data'> {
  /** The input that changes. */
  readonly id: string;
}

const fields = [
  'id',
  'concepts',
  'metadata',
  'geo',
  'datasetIds',
  'data',
] as const satisfies readonly (keyof InputPatch)[];

/**
 * Builds the Input message of a patch.
 *
 * @param name how errors call it, such as `inputs[3]`
 * @throws InvalidRequestError naming the argument and the value
 */
export function toInputPatch(patch: InputPatch, name: string): DeepPartial<Input> {
  assertObject(patch, name, fields);
  const { id, datasetIds, concepts } = patch;
  assertId(id, `${name}.id`);
  if (concepts !== undefined) assertArray(concepts, `${name}.concepts`, 'an array of concepts');
  if (datasetIds !== undefined) assertArray(datasetIds, `${name}.datasetIds`, 'an array of ids');
  const data: Mutable<DeepPartial<Data>> = { ...patch.data };
  addLabels(data, patch, name);
  return { id, data, ...(datasetIds !== undefined && { datasetIds }) };
}
