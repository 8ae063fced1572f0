import Long from 'long';
import { EncodeError } from './errors';
import { isPlainObject, sortedKeys } from './plain-object';
import type { Reader } from './reader';
import type { Int64Like } from './scalars';
import type { Writer } from './writer';

// The well-known types that are plain values in TypeScript: Struct and friends are JSON, wrappers are optional scalars.
// Each decoder is given the value so far when its field occurs a second time, and merges into it.

/** The JSON that a Struct can hold. */
export type JsonObject = { [key: string]: unknown };

export function encodeStruct(value: Readonly<JsonObject>, w: Writer): void {
  for (const key of sortedKeys(value)) w.entry(10, key, value[key], encodeValue);
}

export function decodeStruct(r: Reader, end: number, into: JsonObject = {}): JsonObject {
  while (r.pos < end) {
    const tag = r.tag(end);
    if (tag === 10) r.map(end, into, decodeValue);
    else r.skip(tag, end);
  }
  return into;
}

export function encodeValue(value: unknown, w: Writer): void {
  if (typeof value === 'string') w.present(26, value, 'string');
  else if (typeof value === 'number' && Number.isFinite(value)) w.present(17, value, 'double');
  else if (typeof value === 'boolean') w.present(32, value, 'bool');
  else if (value === null) w.present(8, 0, 'int32');
  else if (Array.isArray(value)) w.message(50, value, encodeListValue);
  else if (isPlainObject(value)) w.message(42, value, encodeStruct);
  else throw new EncodeError('JSON', value);
}

/** A Value without a kind, which other clients may send, reads as null. */
export function decodeValue(r: Reader, end: number, into: unknown = null): unknown {
  let value = into;
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
        value = r.message(end, decodeStruct, isPlainObject(value) ? value : undefined);
        break;
      case 50:
        value = r.message(end, decodeListValue, Array.isArray(value) ? (value as unknown[]) : undefined);
        break;
      default:
        r.skip(tag, end);
    }
  }
  return value;
}

export function encodeListValue(values: readonly unknown[], w: Writer): void {
  w.messages(10, values, encodeValue);
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

export function decodeBoolValue(r: Reader, end: number, into = false): boolean {
  let value = into;
  while (r.pos < end) {
    const tag = r.tag(end);
    if (tag === 8) value = r.bool(end);
    else r.skip(tag, end);
  }
  return value;
}

export function encodeInt32Value(value: number, w: Writer): void {
  w.int32(8, value);
}

export function decodeInt32Value(r: Reader, end: number, into = 0): number {
  let value = into;
  while (r.pos < end) {
    const tag = r.tag(end);
    if (tag === 8) value = r.int32(end);
    else r.skip(tag, end);
  }
  return value;
}

export function encodeUInt64Value(value: Int64Like, w: Writer): void {
  w.uint64(8, value);
}

export function decodeUInt64Value(r: Reader, end: number, into: Long = Long.UZERO): Long {
  let value = into;
  while (r.pos < end) {
    const tag = r.tag(end);
    if (tag === 8) value = r.uint64(end);
    else r.skip(tag, end);
  }
  return value;
}
