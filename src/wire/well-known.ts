import Long from 'long';
import { EncodeError } from './errors';
import type { Reader } from './reader';
import type { Int64Like, Writer } from './writer';

// The well-known types that are plain values in TypeScript: Struct and friends are JSON, wrappers are optional scalars.

/** The JSON that a Struct can hold. */
export type JsonObject = { [key: string]: unknown };

export function encodeStruct(value: Readonly<JsonObject>, w: Writer): void {
  if (Array.isArray(value) || value instanceof Map) throw new EncodeError('a plain object', value);
  w.map(10, value, encodeValue);
}

export function decodeStruct(r: Reader, end: number, into: JsonObject = {}): JsonObject {
  while (r.pos < end) {
    const tag = r.tag(end);
    if (tag === 10) r.mapEntry(end, into, decodeValue);
    else r.skip(tag, end);
  }
  return into;
}

export function encodeValue(value: unknown, w: Writer): void {
  if (value === null) w.present(8, 0, 'int32');
  else if (typeof value === 'number' && Number.isFinite(value)) w.present(17, value, 'double');
  else if (typeof value === 'string') w.present(26, value, 'string');
  else if (typeof value === 'boolean') w.present(32, value, 'bool');
  else if (Array.isArray(value)) w.message(50, value, encodeListValue);
  else if (isPlainObject(value)) w.message(42, value, encodeStruct);
  else throw new EncodeError('JSON', value);
}

export function decodeValue(r: Reader, end: number): unknown {
  let value: unknown = null;
  while (r.pos < end) {
    const tag = r.tag(end);
    switch (tag) {
      case 8:
        r.int32(end);
        value = null;
        break;
      case 17:
        value = r.double(end);
        break;
      case 26:
        value = r.string(end);
        break;
      case 32:
        value = r.bool(end);
        break;
      case 42:
        value = r.message(end, decodeStruct);
        break;
      case 50:
        value = r.message(end, decodeListValue);
        break;
      default:
        r.skip(tag, end);
    }
  }
  return value;
}

export function encodeListValue(values: readonly unknown[], w: Writer): void {
  for (const value of values) w.message(10, value, encodeValue);
}

export function decodeListValue(r: Reader, end: number, into: unknown[] = []): unknown[] {
  while (r.pos < end) {
    const tag = r.tag(end);
    if (tag === 10) into.push(r.message(end, decodeValue));
    else r.skip(tag, end);
  }
  return into;
}

export function encodeBoolValue(value: boolean, w: Writer): void {
  w.bool(8, value);
}

export function decodeBoolValue(r: Reader, end: number): boolean {
  return decodeWrapper(r, end, 8, false, () => r.bool(end));
}

export function encodeInt32Value(value: number, w: Writer): void {
  w.int32(8, value);
}

export function decodeInt32Value(r: Reader, end: number): number {
  return decodeWrapper(r, end, 8, 0, () => r.int32(end));
}

export function encodeUInt64Value(value: Int64Like, w: Writer): void {
  w.uint64(8, value);
}

export function decodeUInt64Value(r: Reader, end: number): Long {
  return decodeWrapper(r, end, 8, Long.UZERO, () => r.uint64(end));
}

function decodeWrapper<T>(r: Reader, end: number, valueTag: number, initial: T, read: () => T): T {
  let value = initial;
  while (r.pos < end) {
    const tag = r.tag(end);
    if (tag === valueTag) value = read();
    else r.skip(tag, end);
  }
  return value;
}

function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
