import type Long from 'long';
import type { FieldName, SnakeCase } from './names';
import type { Repeated } from './repeated';
import type {
  BoolValue,
  Duration,
  Int32Value,
  JsonValue,
  Struct,
  Timestamp,
  UInt64Value,
  Value,
} from './well-known-types';

/** What every message has besides its fields. */
export interface MessageMethods<T> {
  /** The names of the message type. */
  readonly DESCRIPTOR: { readonly name: string; readonly full_name: string };
  /** Whether a message, or a member of a oneof, is set. @throws InvalidRequestError for other fields, as in Python */
  HasField(name: FieldName<T>): boolean;
  /** The member of a oneof that is set; `null` for none. */
  WhichOneof(name: string): FieldName<T> | null;
  /** The fields that are set, by number. */
  ListFields(): [{ readonly name: string; readonly number: number }, unknown][];
  /** Sets this message in the one that it belongs to, though none of its fields is set. */
  SetInParent(): void;
  /** Unsets a field. */
  ClearField(name: FieldName<T>): void;
  /** Unsets every field. */
  Clear(): void;
  /** Becomes a copy of another message of the same type. */
  CopyFrom(other: Message<T>): void;
  /** Takes over the fields that another message has set; lists are appended to. */
  MergeFrom(other: Message<T>): void;
  /** The bytes that go over the wire. */
  SerializeToString(): Uint8Array;
  /** How many bytes that would be. */
  ByteSize(): number;
  /** Protobuf's text format, as `str(message)` in Python. */
  toString(): string;
  /** As MessageToDict. */
  toJSON(): unknown;
}

/** A generated message type under its Python names: scalars may be assigned, messages and lists are changed in place. */
export type Message<T> = MessageMethods<T> & {
  -readonly [Field in keyof T as IsScalar<T, Field> extends true ? SnakeCase<Field & string> : never]-?: Read<T[Field]>;
} & {
  readonly [Field in keyof T as IsScalar<T, Field> extends true ? never : SnakeCase<Field & string>]-?: ReadField<
    T,
    Field
  >;
};

/** What a message may be made of: its fields by their Python names, each a message or what one may be made of. */
export type MessageInit<T> = {
  readonly [Field in keyof T as SnakeCase<Field & string>]?: WriteField<T, Field> | null | undefined;
} & {
  /** A message of another type is no plain object of fields. */
  readonly DESCRIPTOR?: undefined;
};

/** What the generated types have for a Value, and for each entry of a Struct. */
type IsJson<V> = unknown extends V ? true : false;
type Scalar = string | number | boolean | Long | Uint8Array;

// A scalar that is always there and may yet be undefined is one of the wrapper messages; members of oneofs are optional.
type IsWrapper<T, Field extends keyof T> =
  IsJson<T[Field]> extends true
    ? false
    : undefined extends T[Field]
      ? Partial<Pick<T, Field>> extends Pick<T, Field>
        ? false
        : NonNullable<T[Field]> extends Long | number | boolean
          ? true
          : false
      : false;

type IsScalar<T, Field extends keyof T> =
  IsJson<T[Field]> extends true
    ? false
    : IsWrapper<T, Field> extends true
      ? false
      : NonNullable<T[Field]> extends Scalar
        ? true
        : false;

type Wrapper<V> = V extends boolean ? BoolValue : V extends Long ? UInt64Value : Int32Value;

type ReadField<T, Field extends keyof T> = Field extends 'trainingTimeEstimates'
  ? Repeated<Duration>
  : IsWrapper<T, Field> extends true
    ? Wrapper<NonNullable<T[Field]>>
    : Read<Defined<T[Field]>>;

// NonNullable would make `{}` of `unknown`.
type Defined<V> = unknown extends V ? V : NonNullable<V>;

type Read<V> =
  IsJson<V> extends true
    ? Value
    : V extends undefined
      ? never
      : V extends Long
        ? bigint
        : V extends Uint8Array | string | number | boolean
          ? V
          : V extends readonly (infer Item)[]
            ? Repeated<Read<Item>, Write<Item>>
            : V extends { readonly seconds: Long; readonly nanos: number }
              ? Timestamp
              : string extends keyof V
                ? IsJson<V[keyof V]> extends true
                  ? Struct
                  : Record<string, Read<V[keyof V]>>
                : Message<V>;

type WriteField<T, Field extends keyof T> =
  IsWrapper<T, Field> extends true
    ? Wrapper<NonNullable<T[Field]>> | { readonly value?: NonNullable<T[Field]> | undefined }
    : Write<Defined<T[Field]>>;

type Write<V> =
  IsJson<V> extends true
    ? Value | JsonValue
    : [V] extends [Long]
      ? bigint | number | string
      : V extends Uint8Array | string | boolean
        ? V
        : [V] extends [number]
          ? // An enum takes its values and their names. `number extends V` would hold for every enum.
            `${number}` extends `${V}`
            ? number
            : V | string
          : V extends readonly (infer Item)[]
            ? readonly Write<Item>[]
            : V extends { readonly seconds: Long; readonly nanos: number }
              ? Timestamp | Date | MessageInit<V>
              : string extends keyof V
                ? IsJson<V[keyof V]> extends true
                  ? Struct | { readonly [key: string]: JsonValue }
                  : { readonly [key: string]: Write<V[keyof V]> }
                : Message<V> | MessageInit<V>;
