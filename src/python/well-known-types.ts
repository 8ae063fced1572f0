import type Long from 'long';
import type { Duration as DurationFields } from '../../generated/google/protobuf/duration';
import type { Timestamp as TimestampFields } from '../../generated/google/protobuf/timestamp';
import type { Repeated } from './repeated';
import type { durationMethods } from './duration';
import type { timestampMethods } from './timestamp';
import type { Message, MessageMethods } from './types';

/** What JSON can hold, Structs and Values included. */
export type JsonValue =
  null | boolean | number | string | Struct | Value | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** An entry of a Struct, as it is read. */
export type StructValue = null | boolean | number | string | Struct | StructValue[];

interface StructFields {
  readonly fields: object;
}

interface StructMembers extends MessageMethods<StructFields> {
  /** Its entries as messages, by their keys. */
  readonly fields: Record<string, Value>;
  /** Sets entries from JSON. */
  update(entries: { readonly [key: string]: JsonValue }): void;
  /** The entry of that key, whatever it is called. */
  get(key: string): StructValue | undefined;
  keys(): string[];
  values(): StructValue[];
  items(): [key: string, value: StructValue][];
}

/** JSON under keys that are left alone: `struct["any key"]` reads and writes an entry that is not named as a method is. */
export type Struct = StructMembers & { [key: string]: StructValue };

interface ValueFields {
  readonly nullValue?: 0 | undefined;
  readonly numberValue?: number | undefined;
  readonly stringValue?: string | undefined;
  readonly boolValue?: boolean | undefined;
  readonly structValue?: object | undefined;
  readonly listValue?: object | undefined;
}

/** One entry of a Struct, as a message. */
export interface Value extends MessageMethods<ValueFields> {
  /** Null. */
  null_value: 0;
  /** A number. */
  number_value: number;
  /** A text. */
  string_value: string;
  /** Yes or no. */
  bool_value: boolean;
  /** An object. */
  readonly struct_value: Struct;
  /** A list. */
  readonly list_value: ListValue;
}

/** A list in a Struct, as a message. */
export interface ListValue extends MessageMethods<{ readonly values: unknown }> {
  /** Its entries. */
  readonly values: Repeated<Value, JsonValue>;
}

/** What a Value may be made of: one of its kinds. */
export interface ValueInit {
  readonly null_value?: 0 | undefined;
  readonly number_value?: number | undefined;
  readonly string_value?: string | undefined;
  readonly bool_value?: boolean | undefined;
  readonly struct_value?: Struct | { readonly [key: string]: JsonValue } | undefined;
  readonly list_value?: ListValue | readonly JsonValue[] | undefined;
}

/** What a Struct may be made of; `update` is the shorter way. */
export interface StructInit {
  readonly fields?: { readonly [key: string]: Value } | undefined;
}

type Methods<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends (this: never, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never;
};

/** A point in time: `seconds` since the epoch, and `nanos`. */
export type Timestamp = Message<TimestampFields> & Methods<typeof timestampMethods>;

/** A span of time. */
export type Duration = Message<DurationFields> & Methods<typeof durationMethods>;

/** A boolean that may be unset. */
export type BoolValue = Message<{ readonly value: boolean }>;

/** A number that may be unset. */
export type Int32Value = Message<{ readonly value: number }>;

/** A 64-bit number that may be unset. */
export type UInt64Value = Message<{ readonly value: Long }>;
