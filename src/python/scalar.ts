import { invalidArgument } from '../base/assert';
import { wrongScalar } from '../rpc/wrong-value';
import type { Field } from './descriptor';
import { enumType } from './enum-type';

const noBytes = new Uint8Array();

/** What a scalar field reads as when it is not set. */
export function defaultOf({ kind }: Field): unknown {
  switch (kind) {
    case 'string':
      return '';
    case 'bytes':
      return noBytes;
    case 'bool':
      return false;
    case 'int64':
    case 'uint64':
      return 0n;
    default:
      return 0;
  }
}

/** A scalar as our codecs have it, as Python has it: its integers have no bounds, so 64 bits are a bigint. */
export function fromCodec({ kind }: Field, value: unknown): unknown {
  return kind === 'int64' || kind === 'uint64' ? toBigInt(value) : value;
}

/** Checks and converts what a caller gives for a scalar field. @throws InvalidRequestError */
export function toScalar(field: Field, value: unknown, path: string): unknown {
  const { kind, type } = field;
  if (kind === 'enum' && typeof value === 'string') return enumType(type).Value(value);
  const expected = wrongScalar(kind, value);
  if (expected !== undefined) {
    throw invalidArgument(path, kind === 'enum' ? `a number or name of ${type}` : expected, value);
  }
  if (kind === 'int64' || kind === 'uint64') return toBigInt(value);
  // The field has 32 bits: what is read is what will be sent.
  return kind === 'float' ? Math.fround(value as number) : value;
}

/** Whether a scalar is what an unset field reads as; minus zero is not. */
export function isDefault(field: Field, value: unknown): boolean {
  return field.kind === 'bytes' ? (value as Uint8Array).length === 0 : Object.is(value, defaultOf(field));
}

interface Halves {
  readonly high: number;
  readonly low: number;
  readonly unsigned: boolean;
}

function toBigInt(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' || typeof value === 'string') return BigInt(value);
  const { high, low, unsigned } = value as Halves;
  return (BigInt(unsigned ? high >>> 0 : high) << 32n) | BigInt(low >>> 0);
}
