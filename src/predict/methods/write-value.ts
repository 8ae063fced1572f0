import type { Data, Part } from '../../../generated/proto/clarifai/api/resources';
import {
  assertArray,
  assertBoolean,
  assertInteger,
  assertNumber,
  assertObject,
  assertString,
  invalidArgument,
} from '../../base/assert';
import { type ConceptLike, toConcept } from '../../inputs/concepts';
import type { MediaLike, TextLike } from '../../inputs/input-like';
import { assertJsonObject } from '../../inputs/json';
import { mediumOfBytes } from '../../inputs/medium';
import { toInput } from '../../inputs/to-input';
import type { DeepPartial } from '../../wire/codec';
import type { MethodField } from './signature';

type Written = DeepPartial<Data>;

/** Types of which several lie side by side in one message, rather than each in a part of its own. */
const repeated: Readonly<Record<string, 'concepts' | 'regions' | 'frames'>> = {
  CONCEPT: 'concepts',
  REGION: 'regions',
  FRAME: 'frames',
};

/** @throws InvalidRequestError for a value that is not of the type, naming it */
export async function writeValue(value: unknown, field: MethodField, name: string): Promise<Written> {
  switch (field.type) {
    case 'STR':
      assertString(value, name);
      return { stringValue: value };
    case 'BYTES':
      return { bytesValue: mediumOfBytes(value, name).bytes };
    case 'INT':
      assertInteger(value, name);
      return { intValue: value };
    case 'FLOAT':
      assertNumber(value, name);
      return { floatValue: value };
    case 'BOOL':
      assertBoolean(value, name);
      return { boolValue: value };
    case 'NDARRAY':
      return { ndarray: toNdArray(value, name) };
    case 'JSON_DATA':
      return { structValue: toStruct(value, name) };
    // What a medium may be is checked where inputs are.
    case 'TEXT':
      return { text: (await messageOf({ text: value as TextLike }, name)).text };
    case 'IMAGE':
      return { image: (await messageOf({ image: value as MediaLike }, name)).image };
    case 'AUDIO':
      return { audio: (await messageOf({ audio: value as MediaLike }, name)).audio };
    case 'VIDEO':
      return { video: (await messageOf({ video: value as MediaLike }, name)).video };
    case 'CONCEPT':
      return { concepts: [toConcept(value as ConceptLike, name)] };
    case 'REGION':
      assertObject(value, name);
      return { regions: [value] };
    case 'FRAME':
      assertObject(value, name);
      return { frames: [value] };
    case 'LIST':
      return writeList(value, field, name);
    case 'TUPLE':
      return writeTuple(value, field, name);
    case 'NAMED_FIELDS':
      return writeFields(value, field, name);
    case 'NOT_SET':
      throw invalidArgument(name, 'of a type that this version of the client knows', value);
  }
}

async function messageOf(literal: Parameters<typeof toInput>[0], name: string): Promise<Written> {
  return (await toInput(literal, name)).message.data ?? {};
}

function toNdArray(value: unknown, name: string): Written['ndarray'] {
  assertObject(value, name, ['buffer', 'shape', 'dtype']);
  const { buffer, shape, dtype } = value as { buffer?: unknown; shape?: unknown; dtype?: unknown };
  const { bytes } = mediumOfBytes(buffer, `${name}.buffer`);
  const sizes = itemsOf(shape, `${name}.shape`).map((size, index) => {
    assertInteger(size, `${name}.shape[${index}]`, { min: 0 });
    return size;
  });
  assertString(dtype, `${name}.dtype`, { nonEmpty: true });
  return { buffer: bytes, shape: sizes, dtype };
}

/** A Struct is an object: a list travels in one. */
function toStruct(value: unknown, name: string): Written['structValue'] {
  const struct = Array.isArray(value) ? { _list: value as unknown } : value;
  assertJsonObject(struct, name);
  return struct;
}

async function writeList(value: unknown, { typeArgs: [item] }: MethodField, name: string): Promise<Written> {
  const items = itemsOf(value, name);
  if (item === undefined) throw invalidArgument(name, 'a list whose items have a type', value);
  const written = await Promise.all(items.map((one, index) => writeValue(one, item, `${name}[${index}]`)));
  const field = repeated[item.type];
  return field === undefined
    ? { parts: written.map((data) => ({ data })) }
    : { [field]: written.flatMap((data) => data[field] ?? []) };
}

async function writeTuple(value: unknown, { typeArgs }: MethodField, name: string): Promise<Written> {
  const items = itemsOf(value, name);
  if (items.length !== typeArgs.length) throw invalidArgument(name, `an array of ${typeArgs.length}`, value);
  return {
    parts: await Promise.all(
      typeArgs.map((field, index) => part(String(index), items[index], field, `${name}[${index}]`)),
    ),
  };
}

async function writeFields(value: unknown, { typeArgs }: MethodField, name: string): Promise<Written> {
  assertObject(
    value,
    name,
    typeArgs.map((field) => field.name),
  );
  const fields = value as Readonly<Record<string, unknown>>;
  return {
    parts: await Promise.all(
      typeArgs.map((field) => part(field.name, fields[field.name], field, `${name}.${field.name}`)),
    ),
  };
}

async function part(id: string, value: unknown, field: MethodField, name: string): Promise<DeepPartial<Part>> {
  return { id, data: await writeValue(value, field, name) };
}

function itemsOf(value: unknown, name: string): readonly unknown[] {
  assertArray(value, name);
  return value as readonly unknown[];
}
