import { EncodedMessage } from './encoded-message';
import { EncodeError, maxDepth } from './errors';
import { type Content, Output } from './output';
import type { AnyEncode, Field, Fields } from './message-encoder';
import { isMessageObject, isPlainObject, sortedKeys } from './plain-object';
import { asArray, asBool, asBytes, asInt32, asInt64, asNumber, asString, asUint32, asUint64 } from './scalars';
import type { Int64Like } from './scalars';

type Encode<T> = (message: T, writer: Writer) => void;
export type ScalarKind = 'string' | 'bytes' | 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double';

/** Writes fields to the wire and checks each value against its type. Scalars that equal their default are left out, as proto3 wants. */
export class Writer {
  readonly #out = new Output();
  #depth = 0;
  #deepest = 0;
  // A stack: what was found set in the message being written, above what is still to be written of those around it.
  readonly #found: Field[] = [];
  readonly #values: unknown[] = [];
  #top = 0;

  /** How many bytes have been written. */
  get length(): number {
    return this.#out.length;
  }

  /** How many levels of messages the written message holds. */
  get deepest(): number {
    return this.#deepest;
  }

  /** What has been written. */
  finish(): Uint8Array {
    return this.#out.toBytes();
  }

  /** The same, valid only until the next write. */
  view(): Uint8Array {
    return this.#out.view();
  }

  /** Has what is written next, once it is kept, framed for a list: tags of one byte only. */
  frame(tag: number): void {
    this.#out.frame(tag);
  }

  /** What has been written, to be added to another message. */
  keep(): Content {
    return this.#out.keep();
  }

  /** Makes ready for another message, and forgets this one. */
  reset(): void {
    this.#out.reset();
    for (let index = 0; index < this.#values.length; index++) this.#values[index] = undefined;
    this.#depth = this.#deepest = this.#top = 0;
  }

  string(tag: number, value: string): void {
    if (value === '') return;
    this.#out.varint32(tag);
    this.#out.string(asString(value));
  }

  bytes(tag: number, value: Uint8Array): void {
    if (asBytes(value).length > 0) this.present(tag, value, 'bytes');
  }

  bool(tag: number, value: boolean): void {
    if (asBool(value)) this.present(tag, value, 'bool');
  }

  int32(tag: number, value: number): void {
    if (value !== 0) this.present(tag, value, 'int32');
  }

  uint32(tag: number, value: number): void {
    if (value === 0) return;
    this.#out.varint32(tag);
    this.#out.varint32(asUint32(value));
  }

  int64(tag: number, value: Int64Like): void {
    const long = asInt64(value);
    if (!long.isZero()) this.present(tag, long, 'int64');
  }

  uint64(tag: number, value: Int64Like): void {
    const long = asUint64(value);
    if (!long.isZero()) this.present(tag, long, 'uint64');
  }

  // Object.is: -0 is not the default and goes on the wire.
  float(tag: number, value: number): void {
    if (!Object.is(value, 0)) this.present(tag, value, 'float');
  }

  double(tag: number, value: number): void {
    if (!Object.is(value, 0)) this.present(tag, value, 'double');
  }

  /** A scalar whose presence counts: a member of a oneof, or an element of an unpacked list. */
  present(tag: number, value: unknown, kind: ScalarKind): void {
    this.#out.varint32(tag);
    this.#scalar(value, kind);
  }

  repeated(tag: number, values: readonly unknown[], kind: ScalarKind): void {
    for (const value of asArray(values)) this.present(tag, value, kind);
  }

  packed(tag: number, values: readonly unknown[], kind: ScalarKind): void {
    if (asArray(values).length === 0) return;
    this.#out.varint32(tag);
    const start = this.#out.open();
    for (const value of values) this.#scalar(value, kind);
    this.#out.close(start);
  }

  message<T>(tag: number, value: T, encode: Encode<T>): void {
    this.#enter(1);
    this.#out.varint32(tag);
    const start = this.#out.open();
    encode(value, this);
    this.#out.close(start);
    this.#depth--;
  }

  messages<T>(tag: number, values: readonly T[], encode: Encode<T>): void {
    const { length } = asArray(values);
    for (let index = 0; index < length;) {
      const spliced = this.#spliceFramed(tag, values, index, encode);
      if (spliced === 0) this.message(tag, values[index] as T, encode);
      index += spliced || 1;
    }
  }

  /** A map from strings to messages. */
  map<T>(tag: number, entries: Readonly<Record<string, T | undefined>>, encode: Encode<T>): void {
    for (const key of sortedKeys(entries)) this.entry(tag, key, entries[key] as T, encode);
  }

  /** One entry of a map. */
  entry<T>(tag: number, key: string, value: T, encode: Encode<T>): void {
    this.#enter(1);
    this.#out.varint32(tag);
    const start = this.#out.open();
    this.#out.varint32(10);
    this.#out.string(key);
    this.message(18, value, encode);
    this.#out.close(start);
    this.#depth--;
  }

  /** The fields of a message that are set, in the order of their numbers. `encode` stands for its type. */
  fields(message: unknown, fields: Fields, encode: AnyEncode): void {
    if (typeof message !== 'object' || message === null) throw new EncodeError('an object', message);
    const isUsual = Object.getPrototypeOf(message) === Object.prototype;
    if (!isUsual && EncodedMessage.is(message)) return this.#splice(message, encode);
    const unusual = !isUsual && !isPlainObject(message);
    if (unusual && !isMessageObject(message)) throw new EncodeError('an object', message);
    const base = this.#top;
    for (const name in message) {
      const value = (message as Record<string, unknown>)[name];
      if (value === undefined) continue;
      const field = fields.get(name);
      if (value === null && field?.takesNull !== true) continue;
      if (field === undefined) throw new EncodeError('only fields of the message', message);
      this.#find(field, value, base, message);
    }
    if (unusual) this.#findGetters(message, fields, base);
    for (let index = base, end = this.#top; index < end; index++) {
      const field = this.#found[index] as Field;
      field.write(this, field.tag, this.#values[index] as never);
    }
    this.#top = base;
  }

  /** The getters of a caller's class lie in its prototype and are not listed as keys. */
  #findGetters(message: object, fields: Fields, base: number): void {
    for (const field of fields.values()) {
      const at = this.#found.indexOf(field, base);
      if (at >= base && at < this.#top) continue;
      const value = (message as Record<string, unknown>)[field.name];
      if (value !== undefined && (value !== null || field.takesNull)) this.#find(field, value, base, message);
    }
  }

  /** Puts a field where its number belongs among those that were found since `base`; callers mostly name them in order. */
  #find(field: Field, value: unknown, base: number, message: object): void {
    const found = this.#found;
    const values = this.#values;
    if (field.oneof !== undefined) {
      for (let index = base; index < this.#top; index++) {
        if (found[index]?.oneof === field.oneof)
          throw new EncodeError(`only one member of the oneof ${field.oneof}`, message);
      }
    }
    let index = this.#top++;
    for (; index > base && (found[index - 1] as Field).tag > field.tag; index--) {
      found[index] = found[index - 1] as Field;
      values[index] = values[index - 1];
    }
    found[index] = field;
    values[index] = value;
  }

  /** Copies in the messages, from `from` on, that were encoded for this list one after the other; returns how many. */
  #spliceFramed<T>(tag: number, values: readonly T[], from: number, encode: Encode<T>): number {
    const first: unknown = values[from];
    if (!(first instanceof EncodedMessage) || !first.isFramed(tag) || first.encode !== encode) return 0;
    let last = first;
    let { deepest } = first;
    let end = from + 1;
    for (; end < values.length; end++) {
      const next: unknown = values[end];
      if (!(next instanceof EncodedMessage) || !next.follows(last) || !next.isFramed(tag)) break;
      if (next.deepest > deepest) deepest = next.deepest;
      last = next;
    }
    this.#enter(1 + deepest);
    this.#depth -= 1 + deepest;
    first.addFramed(last, this.#out);
    return end - from;
  }

  /** Copies in a message that was encoded before, when it is of the type that belongs here. */
  #splice(encoded: EncodedMessage, encode: AnyEncode): void {
    if (encoded.encode !== encode) throw new EncodeError('a message of this type', encoded);
    this.#enter(encoded.deepest);
    this.#depth -= encoded.deepest;
    encoded.addTo(this.#out);
  }

  #enter(levels: number): void {
    this.#depth += levels;
    if (this.#depth > this.#deepest) {
      if (this.#depth > maxDepth) throw new EncodeError(`messages to nest at most ${maxDepth} deep`, undefined);
      this.#deepest = this.#depth;
    }
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
        this.#out.varint32(asBool(value) ? 1 : 0);
        break;
      case 'int32': {
        const number = asInt32(value);
        if (number < 0) this.#out.varint64(number, -1);
        else this.#out.varint32(number);
        break;
      }
      case 'uint32':
        this.#out.varint32(asUint32(value));
        break;
      case 'int64':
      case 'uint64': {
        const { low, high } = kind === 'int64' ? asInt64(value) : asUint64(value);
        this.#out.varint64(low, high);
        break;
      }
      case 'float':
        this.#out.float(asNumber(value));
        break;
      case 'double':
        this.#out.double(asNumber(value));
        break;
    }
  }
}
