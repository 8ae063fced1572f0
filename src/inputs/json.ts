import { invalidArgument } from '../base/assert';
import { isPlainObject } from '../wire/plain-object';

/** What JSON can hold, as the service gives it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** An object that JSON can hold: what a protobuf Struct carries. What is in it is looked at when it is sent. */
export type JsonObject = { readonly [key: string]: unknown };

/** Fails, naming the path, on anything in a metadata object that a Struct cannot carry: undefined, functions, NaN, cycles ... */
export function assertJsonObject(value: unknown, name: string): asserts value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidArgument(name, 'a plain object of JSON values', value);
  }
  assertJson(value, name, []);
}

function assertJson(value: unknown, name: string, parents: readonly object[]): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) throw invalidArgument(name, 'a finite number', value);
      return;
    case 'object':
      break;
    default:
      throw invalidArgument(name, 'a JSON value', value);
  }
  if (value === null) return;
  if (parents.includes(value)) throw invalidArgument(name, 'JSON without cycles', value);
  const within = [...parents, value];
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) assertJson(value[index], `${name}[${index}]`, within);
    return;
  }
  if (!isPlainObject(value)) throw invalidArgument(name, 'a JSON value', value);
  for (const [key, item] of Object.entries(value)) assertJson(item, `${name}.${key}`, within);
}
