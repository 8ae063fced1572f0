import { invalidArgument } from '../base/assert';
import { isDict } from './dict';
import { Message } from './message';

/** Whether a value stands for a message that is JSON: a Struct, a Value or a list of them. */
export function isJson(fullName: string, value: unknown): boolean {
  if (fullName === 'google.protobuf.Value') return Message.of(value) === undefined;
  if (fullName === 'google.protobuf.Struct') return isDict(value);
  return fullName === 'google.protobuf.ListValue' && Array.isArray(value);
}

/** JSON of what a caller has, Structs and lists in it included. @throws InvalidRequestError for what JSON cannot hold */
export function toJson(value: unknown, path: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const message = Message.of(value);
  if (message !== undefined) return Message.bare(message);
  if (Array.isArray(value)) return value.map((item, index) => toJson(item, `${path}[${index}]`));
  if (!isDict(value)) throw invalidArgument(path, 'a JSON value', value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item, `${path}.${key}`)]));
}
