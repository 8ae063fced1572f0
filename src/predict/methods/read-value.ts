import type { Data } from '../../../generated/proto/clarifai/api/resources';
import type { Plain } from '../../operations/to-plain';
import type { MethodValue } from './method-value';
import type { MethodField, MethodSignature } from './signature';

type PlainData = Plain<Data>;

/** What a method answered: the part named `return`, or the message itself when it has no parts. */
export function readAnswer({ answers }: MethodSignature, data: PlainData | undefined): MethodValue {
  const [answer, ...others] = answers;
  if (answer === undefined || data === undefined) return null;
  if (others.length > 0)
    return Object.fromEntries(answers.map((field) => [field.name, readPart(data, field.name, field)]));
  if (data.parts.length === 0) return readValue(data, answer);
  return readPart(data, data.parts.some(({ id }) => id === 'return') ? 'return' : answer.name, answer);
}

function readPart({ parts }: PlainData, name: string, field: MethodField): MethodValue {
  const data = parts.find(({ id }) => id === name)?.data;
  return data === undefined ? null : readValue(data, field);
}

function readValue(data: PlainData, { type, typeArgs }: MethodField): MethodValue {
  switch (type) {
    case 'STR':
      return data.stringValue;
    case 'BYTES':
      return data.bytesValue;
    case 'INT':
      return data.intValue;
    case 'FLOAT':
      return data.floatValue;
    case 'BOOL':
      return data.boolValue;
    case 'NDARRAY':
      return data.ndarray ?? null;
    case 'JSON_DATA':
      return readJson(data.structValue);
    case 'TEXT':
      return data.text ?? null;
    case 'IMAGE':
      return data.image ?? null;
    case 'AUDIO':
      return data.audio ?? null;
    case 'VIDEO':
      return data.video ?? null;
    case 'CONCEPT':
      return data.concepts[0] ?? null;
    case 'REGION':
      return data.regions[0] ?? null;
    case 'FRAME':
      return data.frames[0] ?? null;
    case 'LIST':
      return readList(data, typeArgs[0]);
    case 'TUPLE':
      return typeArgs.map((field, index) => readPart(data, String(index), field));
    case 'NAMED_FIELDS':
      return Object.fromEntries(typeArgs.map((field) => [field.name, readPart(data, field.name, field)]));
    case 'NOT_SET':
      return null;
  }
}

function readList(data: PlainData, item: MethodField | undefined): MethodValue {
  if (data.parts.length === 0) {
    if (item?.type === 'CONCEPT') return data.concepts;
    if (item?.type === 'REGION') return data.regions;
    if (item?.type === 'FRAME') return data.frames;
  }
  return data.parts.map((part) => (part.data === undefined || item === undefined ? null : readValue(part.data, item)));
}

/** A list of JSON travels in an object. */
function readJson(struct: PlainData['structValue']): MethodValue {
  // What comes out of a Struct is JSON.
  const json = struct as Readonly<Record<string, MethodValue>> | undefined;
  if (json === undefined) return null;
  const list = json['_list'];
  return Array.isArray(list) && Object.keys(json).length === 1 ? list : json;
}
