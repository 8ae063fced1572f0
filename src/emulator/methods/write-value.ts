import type { Data, Part } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { FieldType, Scalar } from '../../predict/methods/field-type';

/** The fields of a message that hold the types; those of the last three are lists. */
const fields: Readonly<Record<Scalar, keyof Data>> = {
  str: 'stringValue',
  bytes: 'bytesValue',
  int: 'intValue',
  float: 'floatValue',
  bool: 'boolValue',
  json: 'structValue',
  ndarray: 'ndarray',
  text: 'text',
  image: 'image',
  audio: 'audio',
  video: 'video',
  concept: 'concepts',
  region: 'regions',
  frame: 'frames',
};

/** A message that holds a value of a type. @throws Error for a value that is not of the type */
export function writeValue(value: unknown, type: FieldType): DeepPartial<Data> {
  if (typeof type === 'string') return { [fields[type]]: fieldValue(value, type) };
  if ('list' in type) return writeList(listOf(value), type.list);
  if ('tuple' in type) {
    const items = listOf(value);
    return { parts: type.tuple.map((item, at) => part(String(at), items[at], item)) };
  }
  if (typeof value !== 'object' || value === null) throw new Error(`Expected an object, got ${String(value)}`);
  return {
    parts: Object.entries(type.fields).map(([name, item]) => part(name, Reflect.get(value, name), item)),
  };
}

function fieldValue(value: unknown, type: Scalar): unknown {
  if (type === 'concept' || type === 'region' || type === 'frame') return [value];
  return type === 'json' && Array.isArray(value) ? { _list: value } : value;
}

function writeList(items: readonly unknown[], item: FieldType): DeepPartial<Data> {
  if (item === 'concept' || item === 'region' || item === 'frame') return { [fields[item]]: items };
  return { parts: items.map((value) => part('', value, item)) };
}

function part(id: string, value: unknown, type: FieldType): DeepPartial<Part> {
  return { id, data: writeValue(value, type) };
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`Expected an array, got ${String(value)}`);
  return value;
}
