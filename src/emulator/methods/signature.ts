import type { MethodSignature, ModelTypeField } from '../../../generated/proto/clarifai/api/resources';
import {
  ModelTypeField_DataType as DataType,
  RunnerMethodType as MethodType,
} from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { FieldType, Scalar } from '../../predict/methods/field-type';
import type { ArgumentType } from './field-type';
import type { ModelMethod } from './model-method';

const dataTypes: Readonly<Record<Scalar, DataType>> = {
  str: DataType.STR,
  bytes: DataType.BYTES,
  int: DataType.INT,
  float: DataType.FLOAT,
  bool: DataType.BOOL,
  json: DataType.JSON_DATA,
  ndarray: DataType.NDARRAY,
  text: DataType.TEXT,
  image: DataType.IMAGE,
  concept: DataType.CONCEPT,
  region: DataType.REGION,
  frame: DataType.FRAME,
  audio: DataType.AUDIO,
  video: DataType.VIDEO,
};

const methodTypes = {
  predict: MethodType.UNARY_UNARY,
  generate: MethodType.UNARY_STREAMING,
  stream: MethodType.STREAMING_STREAMING,
} as const;

/** A method's signature, as the version of its model shows it. */
export function signatureOf(name: string, method: ModelMethod): DeepPartial<MethodSignature> {
  const { kind, description, input, output } = method;
  return {
    name,
    description,
    methodType: methodTypes[kind],
    inputFields: Object.entries(input).map(([argument, type]) => argumentField(argument, type)),
    outputFields: [{ ...field('return', output), required: true, iterator: kind !== 'predict' }],
  };
}

function argumentField(name: string, type: ArgumentType): DeepPartial<ModelTypeField> {
  if (typeof type === 'object' && 'iterator' in type)
    return { ...field(name, type.iterator), required: true, iterator: true };
  if (typeof type === 'object' && 'optional' in type)
    return { ...field(name, type.optional), default: JSON.stringify(type.default), isParam: true };
  return { ...field(name, type), required: true };
}

function field(name: string, type: FieldType): DeepPartial<ModelTypeField> {
  if (typeof type === 'string') return { name, type: dataTypes[type] };
  if ('list' in type) return { name, type: DataType.LIST, typeArgs: [field('', type.list)] };
  if ('tuple' in type)
    return { name, type: DataType.TUPLE, typeArgs: type.tuple.map((item, at) => field(String(at), item)) };
  const typeArgs = Object.entries(type.fields).map(([inner, item]) => field(inner, item));
  return { name, type: DataType.NAMED_FIELDS, typeArgs };
}
