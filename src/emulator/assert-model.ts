import { assertFunction, assertObject, assertOneOf, assertString, invalidArgument } from '../base/assert';
import { mediaKinds } from './state/input-urls';
import type { ModelDefinition } from './state/register-model';

const modelKeys: readonly (keyof ModelDefinition)[] = [
  'id',
  'userId',
  'appId',
  'modelTypeId',
  'description',
  'takes',
  'predict',
  'methods',
];

/** @throws InvalidRequestError for a definition that is not one of a model */
export function assertModel(definition: ModelDefinition): void {
  assertObject(definition, 'model', modelKeys);
  assertString(definition.id, 'model.id', { nonEmpty: true });
  if (definition.takes !== undefined) assertOneOf(definition.takes, 'model.takes', mediaKinds);
  if (definition.methods === undefined) assertFunction(definition.predict, 'model.predict');
  else assertMethods(definition);
}

function assertMethods({ methods = {}, predict, takes }: ModelDefinition): void {
  if (predict !== undefined) throw invalidArgument('model.predict', 'undefined beside `methods`', predict);
  if (takes !== undefined) throw invalidArgument('model.takes', 'undefined beside `methods`', takes);
  assertObject(methods, 'model.methods');
  for (const [name, method] of Object.entries(methods)) assertFunction(method.run, `model.methods.${name}.run`);
}
