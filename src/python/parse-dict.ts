import { invalidArgument } from '../base/assert';
import { fieldOf, type Field } from './descriptor';
import { isDict } from './dict';
import { enumType } from './enum-type';
import { toJson } from './json-value';
import { Message } from './message';
import type { Repeated } from './repeated';

/** Reads JSON into a message, field by field. */
export function parseInto(message: Message, json: unknown, path: string, ignoreUnknown: boolean): void {
  const { fullName, byName, byJsName } = Message.type(message);
  if (parseWellKnown(message, fullName, json, path)) return;
  if (!isDict(json)) throw invalidArgument(path, 'a plain object', json);
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(json)) {
    const known = byJsName.get(name) ?? byName.get(name);
    if (known === undefined && ignoreUnknown) continue;
    const field = known ?? fieldOf(Message.type(message), name);
    const slot = field.oneof === '' || value === null ? field.name : field.oneof;
    const other = given.get(slot);
    if (other !== undefined) throw invalidArgument(`${path}.${name}`, `given without \`${other}\``, value);
    given.set(slot, name);
    parseField(message, field, value, `${path}.${name}`, ignoreUnknown);
  }
}

function parseField(message: Message, field: Field, json: unknown, path: string, ignoreUnknown: boolean): void {
  const { name, kind, cardinality, type } = field;
  message.ClearField(name);
  if (json === null && (type !== 'google.protobuf.Value' || cardinality !== '')) return;
  const current = Message.read(message, field);
  const parseOne = (target: unknown, value: unknown, at: string): void => {
    const found = Message.of(target);
    if (found !== undefined) parseInto(found, value, at, ignoreUnknown);
  };
  if (cardinality === 'repeated') {
    if (!Array.isArray(json)) throw invalidArgument(path, 'an array', json);
    const list = current as Repeated<unknown>;
    for (const [index, item] of (json as unknown[]).entries()) {
      const at = `${path}[${index}]`;
      if (kind === 'message') parseOne(list.add(), item, at);
      else list.append(parseScalar(field, item, at));
    }
  } else if (cardinality === 'map') {
    if (!isDict(json)) throw invalidArgument(path, 'a plain object', json);
    Message.fill(message, { [name]: Object.fromEntries(Object.keys(json).map((key) => [key, {}])) });
    const map = Message.read(message, field) as Readonly<Record<string, unknown>>;
    for (const [key, value] of Object.entries(json)) parseOne(map[key], value, `${path}[${JSON.stringify(key)}]`);
  } else if (kind === 'message') {
    Message.of(current)?.SetInParent();
    parseOne(current, json, path);
  } else {
    Message.write(message, field, parseScalar(field, json, path));
  }
}

/** Reads the messages whose JSON is not an object of their fields; says whether it was one of them. */
function parseWellKnown(message: Message, fullName: string, json: unknown, path: string): boolean {
  switch (fullName) {
    case 'google.protobuf.Timestamp':
    case 'google.protobuf.Duration':
      (message as Message & { FromJsonString(text: string): void }).FromJsonString(String(json));
      return true;
    case 'google.protobuf.BoolValue':
    case 'google.protobuf.Int32Value':
    case 'google.protobuf.UInt64Value': {
      const field = fieldOf(Message.type(message), 'value');
      Message.write(message, field, parseScalar(field, json, path));
      return true;
    }
    case 'google.protobuf.Struct':
    case 'google.protobuf.Value':
    case 'google.protobuf.ListValue':
      Message.assign(message, toJson(json, path));
      return true;
    default:
      return false;
  }
}

const specialNumbers = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** What JSON has for a scalar, as the field takes it. */
function parseScalar({ kind, type }: Field, json: unknown, path: string): unknown {
  if (typeof json !== 'string') {
    if (kind === 'bytes') throw invalidArgument(path, 'base64', json);
    return json;
  }
  switch (kind) {
    case 'bytes':
      return new Uint8Array(Buffer.from(json, 'base64'));
    case 'enum':
      return /^-?\d+$/.test(json) ? Number(json) : enumType(type).Value(json);
    case 'int32':
    case 'uint32':
      return /^-?\d+$/.test(json) ? Number(json) : json;
    case 'float':
    case 'double':
      return specialNumbers.get(json) ?? (/^[-+.\d][-+.\de]*$/i.test(json) ? Number(json) : json);
    default:
      return json;
  }
}
