import type Long from 'long';
import type { Timestamp } from '../../generated/google/protobuf/timestamp';
import type { JsonValue } from '../inputs/json';

/**
 * A message as the client hands it out: Dates for timestamps, numbers for 64-bit integers, JSON for Structs, everything else as
 * it is.
 */
export type Plain<T> = unknown extends T
  ? JsonValue | undefined
  : T extends Timestamp
    ? Date
    : T extends Long
      ? number
      : T extends Uint8Array | string | number | boolean | undefined
        ? T
        : T extends readonly (infer Item)[]
          ? readonly Plain<Item>[]
          : { readonly [Field in keyof T]: string extends Field ? PlainEntry<T[Field]> : Plain<T[Field]> };

/** What stands behind a name that the message does not know: in a Struct JSON, which is there or not. */
type PlainEntry<T> = unknown extends T ? JsonValue : Plain<T>;

/**
 * Turns a decoded message into plain data, in place where it can: the message must be the caller's own.
 *
 * Integers beyond 2^53 lose digits; the raw stub keeps them as Long.
 */
export function toPlain<T>(message: T): Plain<T> {
  return plain(message) as Plain<T>;
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    // Vectors of numbers hold nothing to turn.
    if (typeof value[0] !== 'object') return value;
    for (let index = 0; index < value.length; index++) {
      const before: unknown = value[index];
      const after = plain(before);
      if (after !== before) value[index] = after;
    }
    return value;
  }
  if (isLong(value)) return value.toNumber();
  if (isTimestamp(value)) return new Date(value.seconds.toNumber() * 1000 + value.nanos / 1e6);
  let fields = value as Record<string, unknown>;
  for (const field in fields) {
    const before = fields[field];
    const after = plain(before);
    if (after === before) continue;
    // Empty messages are frozen and shared.
    if (Object.isFrozen(fields)) fields = { ...fields };
    fields[field] = after;
  }
  return fields;
}

// JSON that came in a Struct may have any key, but holds no functions.
function isLong(value: object): value is Long {
  return '__isLong__' in value && 'toNumber' in value && typeof value.toNumber === 'function';
}

function isTimestamp(value: object): value is Timestamp {
  if (!('seconds' in value && 'nanos' in value)) return false;
  const { seconds } = value;
  return typeof seconds === 'object' && seconds !== null && isLong(seconds);
}
