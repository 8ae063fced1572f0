import type Long from 'long';
import { Reader } from './reader';
import { Writer } from './writer';

/**
 * A message as a caller may write it: every field optional at every depth, lists read-only, 64-bit numbers in whatever
 * form is at hand. `null` and `undefined` both mean that a field is not set.
 */
export type DeepPartial<T> = unknown extends T
  ? T
  : T extends Long
    ? Long | number | bigint | string
    : T extends Uint8Array | string | number | boolean | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? readonly DeepPartial<Item>[]
        : { readonly [Field in keyof T]?: DeepPartial<T[Field]> | undefined };

/** The writable twin of a generated message type, for decoders that fill one in. */
export type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/** Turns one message type into bytes and back. */
export interface Codec<T> {
  /** Full protobuf name, such as `clarifai.api.Input`. */
  readonly typeName: string;
  /** @throws EncodeError when a field is unknown or its value does not fit its type */
  encode(message: DeepPartial<T>): Uint8Array;
  /** Length of what `encode` would return, without building it. */
  size(message: DeepPartial<T>): number;
  /** @throws DecodeError when the bytes are not a valid message; `bytes` fields are views into `bytes` */
  decode(bytes: Uint8Array): T;
}

export type Encode<T> = (message: DeepPartial<T>, writer: Writer) => void;
export type Decode<T> = (reader: Reader, end: number, into?: Mutable<T>) => T;

export const emptyBytes: Uint8Array = new Uint8Array(0);

export function codec<T>(typeName: string, encode: Encode<T>, decode: Decode<T>): Codec<T> {
  const written = (message: DeepPartial<T>): Writer => {
    const writer = new Writer();
    encode(message, writer);
    return writer;
  };
  return {
    typeName,
    encode: (message) => written(message).finish(),
    size: (message) => written(message).length,
    decode: (bytes) => decode(new Reader(bytes), bytes.length),
  };
}
