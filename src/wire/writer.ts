import Long from 'long';
import protobuf from 'protobufjs/minimal';
import { EncodeError, maxDepth } from './errors';

type Encode<T> = (message: T, writer: Writer) => void;
type ScalarKind = 'string' | 'bytes' | 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double';

/**
 * Writes fields to the wire and checks each value against its type.
 *
 * Scalars that equal their default are left out, as proto3 wants. protobufjs keeps a list of pending writes and copies
 * once at the end, so nesting costs no copy per level.
 */
export class Writer {
  readonly #out = protobuf.Writer.create();
  #depth = 0;

  get length(): number {
    return this.#out.len;
  }

  finish(): Uint8Array {
    return this.#out.finish();
  }

  string(tag: number, value: string): void {
    if (value !== '') this.#out.uint32(tag).string(asString(value));
  }

  bytes(tag: number, value: Uint8Array): void {
    if (asBytes(value).length > 0) this.#out.uint32(tag).bytes(value);
  }

  bool(tag: number, value: boolean): void {
    if (asBool(value)) this.#out.uint32(tag).bool(true);
  }

  int32(tag: number, value: number): void {
    if (value !== 0) this.#out.uint32(tag).int32(asInt32(value));
  }

  uint32(tag: number, value: number): void {
    if (value !== 0) this.#out.uint32(tag).uint32(asUint32(value));
  }

  int64(tag: number, value: Int64Like): void {
    const long = asInt64(value);
    if (!long.isZero()) this.#out.uint32(tag).int64(long);
  }

  uint64(tag: number, value: Int64Like): void {
    const long = asUint64(value);
    if (!long.isZero()) this.#out.uint32(tag).uint64(long);
  }

  // Object.is: -0 is not the default and goes on the wire.
  float(tag: number, value: number): void {
    if (!Object.is(value, 0)) this.#out.uint32(tag).float(asNumber(value));
  }

  double(tag: number, value: number): void {
    if (!Object.is(value, 0)) this.#out.uint32(tag).double(asNumber(value));
  }

  /** A scalar whose presence counts: a member of a oneof, or an element of an unpacked list. */
  present(tag: number, value: unknown, kind: ScalarKind): void {
    this.#out.uint32(tag);
    this.#scalar(value, kind);
  }

  repeated(tag: number, values: readonly unknown[], kind: ScalarKind): void {
    for (const value of asArray(values)) this.present(tag, value, kind);
  }

  packed(tag: number, values: readonly unknown[], kind: ScalarKind): void {
    if (asArray(values).length === 0) return;
    this.#out.uint32(tag).fork();
    for (const value of values) this.#scalar(value, kind);
    this.#out.ldelim();
  }

  message<T>(tag: number, value: T, encode: Encode<T>): void {
    this.#enter();
    this.#out.uint32(tag).fork();
    encode(value, this);
    this.#out.ldelim();
    this.#depth--;
  }

  messages<T>(tag: number, values: readonly T[], encode: Encode<T>): void {
    for (const value of asArray(values)) this.message(tag, asObject(value), encode);
  }

  /** A map with string keys, in sorted order, so that equal requests have equal bytes. */
  map<T>(tag: number, value: Readonly<Record<string, T | undefined>>, encode: Encode<T>): void {
    asObject(value);
    for (const key of Object.keys(value).sort()) {
      const entry = value[key];
      if (entry === undefined) throw new EncodeError(`\`${key}\` to have a value`, entry);
      this.#enter();
      this.#out.uint32(tag).fork();
      this.#out.uint32(10).string(asString(key));
      this.message(18, entry, encode);
      this.#out.ldelim();
      this.#depth--;
    }
  }

  /** Fails when more than one member of a oneof is set: only one of them could be sent. */
  oneof(message: object, name: string, members: readonly string[]): void {
    const set = members.filter((member) => (message as Record<string, unknown>)[member] != null);
    if (set.length > 1) throw new EncodeError(`only one of ${set.join(', ')} (oneof ${name})`, message);
  }

  /** Fails when the object has keys that are no fields: `written` of its keys were. */
  end(message: object, written: number): void {
    let given = 0;
    for (const key in message) {
      if ((message as Record<string, unknown>)[key] != null) given++;
    }
    if (given > written || typeof message !== 'object') throw new EncodeError('only fields of the message', message);
  }

  #enter(): void {
    if (++this.#depth > maxDepth) throw new EncodeError(`messages to nest at most ${maxDepth} deep`, undefined);
  }

  #scalar(value: unknown, kind: ScalarKind): void {
    switch (kind) {
      case 'string':
        this.#out.string(asString(value));
        break;
      case 'bytes':
        this.#out.bytes(asBytes(value));
        break;
      case 'bool':
        this.#out.bool(asBool(value));
        break;
      case 'int32':
        this.#out.int32(asInt32(value));
        break;
      case 'uint32':
        this.#out.uint32(asUint32(value));
        break;
      case 'int64':
        this.#out.int64(asInt64(value));
        break;
      case 'uint64':
        this.#out.uint64(asUint64(value));
        break;
      case 'float':
        this.#out.float(asNumber(value));
        break;
      case 'double':
        this.#out.double(asNumber(value));
        break;
    }
  }
}

export type Int64Like = Long | number | bigint | string;

function asString(value: unknown): string {
  if (typeof value !== 'string') throw new EncodeError('a string', value);
  if (!value.isWellFormed()) throw new EncodeError('a string without lone surrogates', value);
  return value;
}

function asBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new EncodeError('a Uint8Array', value);
  return value;
}

function asBool(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new EncodeError('a boolean', value);
  return value;
}

function asNumber(value: unknown): number {
  if (typeof value !== 'number') throw new EncodeError('a number', value);
  return value;
}

function asInt32(value: unknown): number {
  if (typeof value !== 'number' || value !== (value | 0)) throw new EncodeError('a 32-bit integer', value);
  return value;
}

function asUint32(value: unknown): number {
  if (typeof value !== 'number' || value !== value >>> 0) throw new EncodeError('an unsigned 32-bit integer', value);
  return value;
}

function asInt64(value: unknown): Long {
  const long = toLong(value, false);
  if (long === undefined) throw new EncodeError('a 64-bit integer', value);
  return long;
}

function asUint64(value: unknown): Long {
  const long = toLong(value, true);
  if (long === undefined) throw new EncodeError('an unsigned 64-bit integer', value);
  return long;
}

// Numbers above 2^53 are refused: they may already have lost digits.
function toLong(value: unknown, unsigned: boolean): Long | undefined {
  if (Long.isLong(value)) {
    return value.unsigned === unsigned || !value.toSigned().isNegative() ? value : undefined;
  }
  if (typeof value === 'number' ? !Number.isSafeInteger(value) : typeof value !== 'bigint' && !isIntegerText(value)) {
    return undefined;
  }
  const long = Long.fromString(String(value), unsigned);
  return long.toString() === String(BigInt(value as string | number | bigint)) ? long : undefined;
}

function isIntegerText(value: unknown): boolean {
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value);
}

function asArray<T>(value: readonly T[]): readonly T[] {
  if (!Array.isArray(value)) throw new EncodeError('an array', value);
  return value as readonly T[];
}

function asObject<T>(value: T): T {
  if (typeof value !== 'object' || value === null) throw new EncodeError('an object', value);
  return value;
}
