import type { Data, Input } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertObject } from '../base/assert';
import { assertId } from '../base/id';
import type { DeepPartial, Mutable } from '../wire/codec';
import type { InputLiteral } from './input-like';
import { addLabels } from './to-input';

/** What inputs that the service makes itself are to have in common. */
export type InputTemplate = Pick<InputLiteral, 'concepts' | 'metadata' | 'geo' | 'datasetIds'>;

const fields = ['concepts', 'metadata', 'geo', 'datasetIds'] as const satisfies readonly (keyof InputTemplate)[];

/**
 * Builds the Input message of a template.
 *
 * @param name how errors call it
 * @throws InvalidRequestError naming the argument and the value
 */
export function toInputTemplate(template: InputTemplate, name: string): DeepPartial<Input> {
  assertObject(template, name, fields);
  const { concepts, datasetIds } = template;
  if (concepts !== undefined) assertArray(concepts, `${name}.concepts`, 'an array of concepts');
  if (datasetIds !== undefined) {
    assertArray(datasetIds, `${name}.datasetIds`, 'an array of ids');
    datasetIds.forEach((id, index) => assertId(id, `${name}.datasetIds[${index}]`));
  }
  const data: Mutable<DeepPartial<Data>> = {};
  addLabels(data, template, name);
  return { data, ...(datasetIds !== undefined && { datasetIds }) };
}
