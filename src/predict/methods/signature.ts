import {
  type MethodSignature as SignatureMessage,
  type ModelTypeField,
  ModelTypeField_DataType as DataType,
  RunnerMethodType,
} from '../../../generated/proto/clarifai/api/resources';

/** The type of an argument or an answer, by its name in the service's protos. */
export type MethodType = keyof typeof DataType;

/** An argument of a method, or what it answers. */
export interface MethodField {
  /** Its name, as a key of the arguments. */
  readonly name: string;
  /** What it is. */
  readonly type: MethodType;
  /** Of a list the type of its items, of a tuple that of each, of named fields the fields. */
  readonly typeArgs: readonly MethodField[];
  /** Whether a call must give it. */
  readonly required: boolean;
  /** What the method takes when none is given, as JSON for the most part. */
  readonly default: string;
  /** Whether it comes bit by bit. */
  readonly iterator: boolean;
}

/** A method of a model: what it takes and answers, and how it is called. */
export interface MethodSignature {
  /** Its name, as `Model.call` takes it. */
  readonly name: string;
  /** What the model's author says of it. */
  readonly description: string;
  /** Which method of `Model` calls it: one answer, answers bit by bit, or answers to what comes bit by bit. */
  readonly kind: 'call' | 'generate' | 'stream';
  /** What it takes. */
  readonly arguments: readonly MethodField[];
  /** What it answers. */
  readonly answers: readonly MethodField[];
}

export function toSignature({
  name,
  description,
  methodType,
  inputFields,
  outputFields,
}: SignatureMessage): MethodSignature {
  return {
    name,
    description,
    kind: kindOf(methodType),
    arguments: inputFields.map(toField),
    answers: outputFields.map(toField),
  };
}

function toField({ name, type, typeArgs, required, default: byDefault, iterator }: ModelTypeField): MethodField {
  const typeName = DataType[type] as MethodType | undefined;
  return { name, type: typeName ?? 'NOT_SET', typeArgs: typeArgs.map(toField), required, default: byDefault, iterator };
}

function kindOf(methodType: RunnerMethodType): MethodSignature['kind'] {
  switch (methodType) {
    case RunnerMethodType.UNARY_STREAMING:
      return 'generate';
    case RunnerMethodType.STREAMING_UNARY:
    case RunnerMethodType.STREAMING_STREAMING:
      return 'stream';
    case RunnerMethodType.UNKNOWN:
    case RunnerMethodType.UNARY_UNARY:
      return 'call';
  }
}

/**
 * Signatures as a model itself tells them: proto JSON, by name.
 *
 * @returns none for a text that is anything else, as models without methods may answer what they like
 */
export function parseSignatures(text: string): MethodSignature[] {
  try {
    const told: unknown = JSON.parse(text);
    return isObject(told) ? Object.values(told).filter(isObject).map(fromJson) : [];
  } catch {
    return [];
  }
}

type Json = Readonly<Record<string, unknown>>;

function fromJson(json: Json): MethodSignature {
  const methodType: unknown = json['method_type'];
  const isKnown = typeof methodType === 'string' && methodType in RunnerMethodType;
  return {
    name: textOf(json['name']),
    description: textOf(json['description']),
    kind: kindOf(
      isKnown ? RunnerMethodType[methodType as keyof typeof RunnerMethodType] : RunnerMethodType.UNARY_UNARY,
    ),
    arguments: listOf(json['input_fields']).map(fieldFromJson),
    answers: listOf(json['output_fields']).map(fieldFromJson),
  };
}

function fieldFromJson(json: Json): MethodField {
  const type = textOf(json['type']);
  return {
    name: textOf(json['name']),
    type: type in DataType ? (type as MethodType) : 'NOT_SET',
    typeArgs: listOf(json['type_args']).map(fieldFromJson),
    required: json['required'] === true,
    default: textOf(json['default']),
    iterator: json['iterator'] === true,
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
