import type { Data, Input } from '../../../generated/proto/clarifai/api/resources';
import type { FieldType } from '../../predict/methods/field-type';
import type { ArgumentType } from './field-type';
import { readPart, readValue } from './read-value';

type ArgumentTypes = Readonly<Record<string, ArgumentType>>;

/** The arguments that come at once. @throws Error when one is missing that must be there, or one is there that must not */
export function readArguments(data: Data, types: ArgumentTypes): Record<string, unknown> {
  const unknownName = data.parts.find(({ id }) => !Object.hasOwn(types, id))?.id;
  if (unknownName !== undefined) throw new Error(`Got unexpected argument: ${unknownName}`);
  const args: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(types)) {
    if (typeof type === 'object' && 'iterator' in type) continue;
    const isOptional = typeof type === 'object' && 'optional' in type;
    const value = readArgument(data, name, isOptional ? type.optional : type, types);
    if (value === undefined && !isOptional) throw new Error(`Missing required argument: ${name}`);
    args[name] = value ?? (isOptional ? type.default : undefined);
  }
  return args;
}

/** The arguments that come one by one, out of messages that come one by one. */
export function readItems(
  inputs: Iterable<Input> | AsyncIterable<Input>,
  types: ArgumentTypes,
): Record<string, AsyncIterable<unknown>> {
  for (const [name, type] of Object.entries(types)) {
    // There can be one at most: a message of the stream is an item of it.
    if (typeof type === 'object' && 'iterator' in type) return { [name]: itemsOf(inputs, name, type.iterator, types) };
  }
  return {};
}

async function* itemsOf(
  inputs: Iterable<Input> | AsyncIterable<Input>,
  name: string,
  type: FieldType,
  types: ArgumentTypes,
): AsyncGenerator {
  for await (const { data } of inputs) {
    const value = data && readArgument(data, name, type, types);
    if (value !== undefined) yield value;
  }
}

/** Arguments are parts; a method's only argument may be the message itself, without a part around it. */
function readArgument(data: Data, name: string, type: FieldType, types: ArgumentTypes): unknown {
  const isAlone = data.parts.length === 0 && Object.keys(types).length === 1;
  return isAlone ? readValue(data, type) : readPart(data, name, type);
}
