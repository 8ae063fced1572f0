import { reflection } from '../../generated/reflection';
import { invalidRequest } from '../base/assert';
import { nearestName } from '../base/nearest-name';

/** One field of a message, from its row of the reflection table. */
export interface Field {
  /** As the protos have it, and so Python: `user_app_id`. */
  readonly name: string;
  /** As our codecs and protobuf's JSON have it: `userAppId`. */
  readonly jsName: string;
  readonly number: number;
  readonly kind: string;
  /** Full name of its message or enum type. */
  readonly type: string;
  readonly cardinality: '' | 'repeated' | 'map';
  readonly oneof: string;
  /** The fields of its oneof, itself included. */
  readonly alternatives: readonly Field[];
}

/** One message type. */
export interface MessageType {
  readonly fullName: string;
  /** `Input` */
  readonly name: string;
  /** By number, which is how they are printed and sent. */
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  readonly byJsName: ReadonlyMap<string, Field>;
  readonly oneofs: ReadonlyMap<string, readonly Field[]>;
}

const types = new Map<string, MessageType>();

export function messageType(fullName: string): MessageType {
  const known = types.get(fullName);
  if (known !== undefined) return known;
  const made = describe(fullName);
  types.set(fullName, made);
  return made;
}

/** The field of that name. @throws InvalidRequestError that names the nearest */
export function fieldOf(type: MessageType, name: string): Field {
  const field = type.byName.get(name);
  if (field === undefined) throw unknownField(type, name);
  return field;
}

export function unknownField(type: MessageType, name: string): Error {
  const nearest = type.byJsName.get(name)?.name ?? nearestName(name, type.byName.keys());
  const hint =
    nearest === undefined ? `known are ${[...type.byName.keys()].join(', ')}` : `did you mean \`${nearest}\`?`;
  return invalidRequest(`Unknown field \`${name}\` of ${type.fullName}: ${hint}`);
}

function describe(fullName: string): MessageType {
  const rows = reflection().messages[fullName];
  if (rows === undefined) throw invalidRequest(`There is no message type ${fullName}`);
  const oneofs = new Map<string, Field[]>();
  const fields = rows.map(([name, jsName, number, kind, type, cardinality, oneof]): Field => {
    const alternatives = oneof === '' ? [] : (oneofs.get(oneof) ?? []);
    const field = { name, jsName, number, kind, type, cardinality, oneof, alternatives };
    if (oneof !== '') oneofs.set(oneof, alternatives);
    alternatives.push(field);
    return field;
  });
  return {
    fullName,
    name: fullName.slice(fullName.lastIndexOf('.') + 1),
    fields: fields.sort((a, b) => a.number - b.number),
    byName: new Map(fields.map((field) => [field.name, field])),
    byJsName: new Map(fields.map((field) => [field.jsName, field])),
    oneofs,
  };
}
