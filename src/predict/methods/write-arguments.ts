import { isDeepStrictEqual } from 'node:util';
import type { Data, Part } from '../../../generated/proto/clarifai/api/resources';
import { assertObject, invalidRequest } from '../../base/assert';
import type { DeepPartial } from '../../wire/codec';
import type { MethodArguments } from './method-value';
import type { MethodField, MethodSignature } from './signature';
import { writeValue } from './write-value';

/**
 * The arguments of one call, without what comes bit by bit: a part each. What a method takes by default is not sent.
 *
 * @param name what the arguments are called in errors
 * @throws InvalidRequestError for an argument that is unknown, missing or of another type, naming it
 */
export async function writeArguments(
  { name: method, arguments: fields }: MethodSignature,
  args: MethodArguments,
  name: string,
): Promise<DeepPartial<Part>[]> {
  const known = fields.filter(({ iterator }) => !iterator);
  assertObject(
    args,
    name,
    known.map((field) => field.name),
  );
  const parts: DeepPartial<Part>[] = [];
  for (const field of known) {
    const value = args[field.name];
    if (value === undefined) {
      if (field.required) throw invalidRequest(`Expected \`${name}.${field.name}\`, which \`${method}\` requires`);
    } else if (field.required || !isDefault(value, field)) {
      parts.push({ id: field.name, data: await writeValue(value, field, `${name}.${field.name}`) });
    }
  }
  return parts;
}

/** The data of an input that calls a method. */
export function toMethodData(method: string, parts: readonly DeepPartial<Part>[]): DeepPartial<Data> {
  return { metadata: { _method_name: method }, parts };
}

function isDefault(value: unknown, { default: text }: MethodField): boolean {
  if (text === '') return false;
  try {
    return isDeepStrictEqual(value, JSON.parse(text));
  } catch {
    return value === text;
  }
}
