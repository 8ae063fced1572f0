import { types } from 'node:util';
import Long from 'long';
import { EncodeError } from './errors';

/** What a 64-bit field accepts. */
export type Int64Like = Long | number | bigint | string;

export function asString(value: unknown): string {
  if (typeof value !== 'string') throw new EncodeError('a string', value);
  return value;
}

export function asBytes(value: unknown): Uint8Array {
  if (!types.isUint8Array(value)) throw new EncodeError('a Uint8Array', value);
  if (value.length === 0 && isDetached(value))
    throw new EncodeError('bytes that have not been transferred away', value);
  return value;
}

// A transferred buffer looks like an empty one; only a new view tells them apart on Node 20.
function isDetached({ buffer }: Uint8Array): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

export function asBool(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new EncodeError('a boolean', value);
  return value;
}

export function asNumber(value: unknown): number {
  if (typeof value !== 'number') throw new EncodeError('a number', value);
  return value;
}

export function asInt32(value: unknown): number {
  if (typeof value !== 'number' || value !== (value | 0)) throw new EncodeError('a 32-bit integer', value);
  return value;
}

export function asUint32(value: unknown): number {
  if (typeof value !== 'number' || value !== value >>> 0) throw new EncodeError('an unsigned 32-bit integer', value);
  return value;
}

export function asInt64(value: unknown): Long {
  const long = toLong(value, false);
  if (long === undefined) throw new EncodeError('a 64-bit integer', value);
  return long;
}

export function asUint64(value: unknown): Long {
  const long = toLong(value, true);
  if (long === undefined) throw new EncodeError('an unsigned 64-bit integer', value);
  return long;
}

function toLong(value: unknown, unsigned: boolean): Long | undefined {
  if (Long.isLong(value)) return value.unsigned === unsigned || value.high >= 0 ? value : undefined;
  if (typeof value === 'number') return safeInteger(value, unsigned);
  if (typeof value === 'bigint') return bigLong(value, unsigned);
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? bigLong(BigInt(value), unsigned) : undefined;
}

// Numbers above 2^53 are refused: they may already have lost digits.
function safeInteger(value: number, unsigned: boolean): Long | undefined {
  return Number.isSafeInteger(value) && !(unsigned && value < 0) ? Long.fromNumber(value, unsigned) : undefined;
}

function bigLong(value: bigint, unsigned: boolean): Long | undefined {
  if (value !== (unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value))) return undefined;
  return new Long(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)), unsigned);
}

export function asArray<T>(value: readonly T[]): readonly T[] {
  if (!Array.isArray(value)) throw new EncodeError('an array', value);
  return value as readonly T[];
}
