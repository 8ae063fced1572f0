import type Long from 'long';
import { EncodedMessage } from './encoded-message';
import type { Encode } from './message-encoder';
import { Reader } from './reader';
import { Writer } from './writer';

/**
 * A message as a caller may write it: every field optional at every depth, lists read-only, 64-bit numbers in whatever
 * form is at hand. `null` and `undefined` both mean that a field is not set; only where a field is any JSON value, null is one.
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

/** Gives fields to be added to a message, made from the bytes of the others; these are lent only during the call. */
export type Complete<T> = (content: () => Uint8Array) => DeepPartial<T>;

/** Turns one message type into bytes and back. */
export interface Codec<T> {
  /** Full protobuf name, such as `clarifai.api.Input`. */
  readonly typeName: string;
  /** @throws EncodeError when a field is unknown or its value does not fit its type */
  encode(message: DeepPartial<T>): Uint8Array;
  /**
   * Encodes a message that is to be sent later or several times. The result may stand for the message in any request and is
   * copied in as it is. Large values of `bytes` fields are copied only then: they are not to be changed until it was sent.
   *
   * @param tag of the list that it is meant for: if that has one byte, small messages that were encoded one after the other are
   *   copied into the list at once. They may stand elsewhere, too
   */
  encodeOnce(message: DeepPartial<T>, complete?: Complete<T>, tag?: number): DeepPartial<T> & EncodedMessage;
  /** As `encodeOnce`, for a value that the caller writes himself as a message of this type. */
  writeOnce<V>(
    value: V,
    write: (value: V, writer: Writer) => void,
    complete?: Complete<T>,
    tag?: number,
  ): DeepPartial<T> & EncodedMessage;
  /** Length of what `encode` would return, without building it. */
  size(message: DeepPartial<T>): number;
  /**
   * The message is to be read, as its type says: `bytes` fields are views into `bytes`, and empty lists and messages are
   * shared and frozen.
   *
   * @throws DecodeError when the bytes are not a valid message
   */
  decode(bytes: Uint8Array): T;
}

export type Decode<T> = (reader: Reader, end: number, into: Mutable<T>) => T;

/** The writers that one message leaves to the next. What is kept stays where it was written, among its like. */
const spare: Record<'whole' | 'kept', Writer | undefined> = { whole: undefined, kept: undefined };

/** What a message is decoded with. */
export interface Decoder<T> {
  readonly create: () => Mutable<T> & object;
  readonly decode: Decode<T>;
}

/** @param decoder called when the first message is decoded */
export function codec<T>(typeName: string, encode: Encode<T>, decoder: () => Decoder<T>): Codec<T> {
  return new MessageCodec(typeName, encode, decoder);
}

/** A class, since there are hundreds of them at once: of each, little is made before it is used. */
class MessageCodec<T> implements Codec<T> {
  readonly typeName: string;
  readonly #encode: Encode<T>;
  readonly #load: () => Decoder<T>;
  #decoder: Decoder<T> | undefined;

  constructor(typeName: string, encode: Encode<T>, load: () => Decoder<T>) {
    this.typeName = typeName;
    this.#encode = encode;
    this.#load = load;
  }

  encode(message: DeepPartial<T>): Uint8Array {
    return this.#write('whole', message, this.#encode, undefined, (writer) => writer.finish());
  }

  encodeOnce(message: DeepPartial<T>, complete?: Complete<T>, tag?: number): DeepPartial<T> & EncodedMessage {
    return this.writeOnce(message, this.#encode, complete, tag);
  }

  writeOnce<V>(
    value: V,
    write: (value: V, writer: Writer) => void,
    complete?: Complete<T>,
    tag?: number,
  ): DeepPartial<T> & EncodedMessage {
    return this.#write('kept', value, write, tag, (writer) => {
      if (complete !== undefined)
        this.#encode(
          complete(() => writer.view()),
          writer,
        );
      // It stands for a DeepPartial<T> to every encoder, and has no field that could be read.
      return new EncodedMessage(this.#encode, writer.keep(), writer.deepest) as DeepPartial<T> & EncodedMessage;
    });
  }

  size(message: DeepPartial<T>): number {
    return this.#write('whole', message, this.#encode, undefined, (writer) => writer.length);
  }

  decode(bytes: Uint8Array): T {
    const { create, decode } = (this.#decoder ??= this.#load());
    return decode(new Reader(bytes), bytes.length, create());
  }

  #write<V, R>(
    use: keyof typeof spare,
    value: V,
    write: (value: V, writer: Writer) => void,
    tag: number | undefined,
    finish: (writer: Writer) => R,
  ): R {
    // Taken away while it is in use: a getter of the message may encode another one.
    const writer = spare[use] ?? new Writer();
    spare[use] = undefined;
    try {
      if (tag !== undefined && tag < 0x80) writer.frame(tag);
      write(value, writer);
      return finish(writer);
    } finally {
      writer.reset();
      spare[use] = writer;
    }
  }
}
