import type { Data } from '../../../generated/proto/clarifai/api/resources';
import type { FieldType, Scalar } from '../../predict/methods/field-type';
import type { ScalarValues } from './field-type';

const readers: { readonly [Type in Scalar]: (data: Data) => ScalarValues[Type] | undefined } = {
  str: ({ stringValue }) => stringValue,
  bytes: ({ bytesValue }) => bytesValue,
  int: ({ intValue }) => intValue.toNumber(),
  float: ({ floatValue }) => floatValue,
  bool: ({ boolValue }) => boolValue,
  json: ({ structValue }) => fromStruct(structValue),
  ndarray: ({ ndarray }) => ndarray,
  text: ({ text }) => text,
  image: ({ image }) => image,
  concept: ({ concepts }) => concepts[0],
  region: ({ regions }) => regions[0],
  frame: ({ frames }) => frames[0],
  audio: ({ audio }) => audio,
  video: ({ video }) => video,
};

/** The types that lie side by side in one message rather than each in a part. */
const repeated = { concept: 'concepts', region: 'regions', frame: 'frames' } as const;

/** The value of a type that a message holds; `undefined` where there is none. */
export function readValue(data: Data, type: FieldType): unknown {
  if (typeof type === 'string') return readers[type](data);
  if ('list' in type) return readList(data, type.list);
  if ('tuple' in type) return type.tuple.map((item, at) => readPart(data, String(at), item));
  return Object.fromEntries(Object.entries(type.fields).map(([name, item]) => [name, readPart(data, name, item)]));
}

/** The value in the part with this name; `undefined` where there is no such part. */
export function readPart({ parts }: Data, name: string, type: FieldType): unknown {
  const data = parts.find(({ id }) => id === name)?.data;
  return data && readValue(data, type);
}

function readList(data: Data, item: FieldType): unknown[] {
  if (data.parts.length === 0 && (item === 'concept' || item === 'region' || item === 'frame'))
    return [...data[repeated[item]]];
  return data.parts.flatMap((part) => (part.data === undefined ? [] : [readValue(part.data, item)]));
}

/** JSON that is no object travels in one. */
function fromStruct(struct: Data['structValue']): unknown {
  const list: unknown = struct?.['_list'];
  return Array.isArray(list) && Object.keys(struct ?? {}).length === 1 ? list : struct;
}
