import { nearestName } from '../../../base/nearest-name';
import { type FieldRow, type MethodTraits, reflection } from '../../../../generated/reflection';
import { boolean, bytes, float, json, number, type ScalarName, string, struct, type Type } from '../type';

export interface Field {
  readonly name: string;
  readonly jsName: string;
  readonly kind: string;
  readonly type: Type;
  /** Whether a received message may lack it. */
  readonly optional: boolean;
}

/** The field of a message by its Python name. */
export function fieldOf(message: string, name: string, partial = true): Field | undefined {
  const row = reflection().messages[message]?.find(([protoName]) => protoName === name);
  return row && toField(row, partial);
}

/** The members of a oneof. */
export function membersOfOneof(message: string, oneof: string): string[] {
  return (reflection().messages[message] ?? []).filter((row) => row[6] === oneof).map(([name]) => name);
}

export function methodOf(name: string): MethodTraits | undefined {
  return reflection().methods[name];
}

export function isMessage(name: string): boolean {
  return reflection().messages[name] !== undefined;
}

export function enumValues(name: string): ReadonlyMap<string, number> | undefined {
  const values = reflection().enums[name];
  return values && new Map(values);
}

/** `; did you mean ...?`, when a name is near enough. */
export function suggestion(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean \`${nearest}\`?`;
}

export function unknownField(message: string, name: string): string {
  const known = reflection().messages[message]?.map(([protoName]) => protoName) ?? [];
  return `${shortName(message)} has no field \`${name}\`${suggestion(name, known)}`;
}

export function unknownMethod(name: string): string {
  return `The service has no RPC \`${name}\`${suggestion(name, Object.keys(reflection().methods))}`;
}

/** Messages and enums directly in a package or a message, by their last name. */
export function membersOf(prefix: string): string[] {
  const { messages, enums } = reflection();
  return [...Object.keys(messages), ...Object.keys(enums)]
    .filter((name) => name.startsWith(`${prefix}.`) && !name.slice(prefix.length + 1).includes('.'))
    .map((name) => name.slice(prefix.length + 1));
}

export function shortName(name: string): string {
  return name.replace(/^clarifai\.api\.(status\.)?|^google\.protobuf\./, '');
}

const scalarOf: Readonly<Record<string, ScalarName>> = {
  string: 'string',
  bytes: 'bytes',
  bool: 'boolean',
  float: 'float',
  double: 'float',
  int64: 'long',
  uint64: 'long',
};

const wellKnown: Readonly<Record<string, Type>> = {
  'google.protobuf.Struct': struct,
  'google.protobuf.Value': json,
  'google.protobuf.ListValue': json,
  'google.protobuf.BoolValue': boolean,
  'google.protobuf.StringValue': string,
  'google.protobuf.BytesValue': bytes,
  'google.protobuf.Int32Value': number,
  'google.protobuf.UInt32Value': number,
  'google.protobuf.FloatValue': float,
  'google.protobuf.DoubleValue': float,
};

/** What a message type is in TypeScript: itself, or what stands for a well-known type. */
export function typeOfMessage(name: string, partial: boolean): Type {
  return wellKnown[name] ?? { kind: 'message', name, partial };
}

function toField([name, jsName, , kind, type, cardinality, oneof]: FieldRow, partial: boolean): Field {
  const one: Type =
    kind === 'message'
      ? typeOfMessage(type, partial)
      : kind === 'enum'
        ? { kind: 'enum', name: type }
        : { kind: 'scalar', name: scalarOf[kind] ?? 'number' };
  const many = cardinality === 'repeated' ? 'list' : cardinality === 'map' ? 'map' : undefined;
  return {
    name,
    jsName,
    kind,
    type: many === undefined ? one : { kind: many, of: one },
    optional: partial || oneof !== '' || (many === undefined && kind === 'message'),
  };
}
