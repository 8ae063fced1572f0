import type { DeepPartial } from './codec';
import { encodeValue } from './well-known';
import type { ScalarKind, Writer } from './writer';

/** Writes a message of one type: its fields, without the tag and length that precede it inside another message. */
export type Encode<T> = (message: DeepPartial<T>, writer: Writer) => void;
export type AnyEncode = (message: never, writer: Writer) => void;

/**
 * One field as the generated code has it. `of` is the type of its values; `how` is left out for a single value, and is
 * `present` for one that is written even when it equals its default.
 */
export type FieldRow = readonly [
  name: string,
  tag: number,
  of: ScalarKind | AnyEncode,
  how?: 'present' | 'list' | 'packed' | 'map' | undefined,
  oneof?: string,
];

/** A row made ready to write with. */
export interface Field {
  readonly name: string;
  readonly tag: number;
  readonly write: (writer: Writer, tag: number, value: never) => void;
  readonly oneof: string | undefined;
  /** Whether null is a value: of a google.protobuf.Value it is. */
  readonly takesNull: boolean;
}

/** Fields by their names in TypeScript. */
export type Fields = ReadonlyMap<string, Field>;

/** Makes the encoder of a message type from its rows, which are read when the first message of that type is encoded. */
export function encoder<T>(rows: () => readonly FieldRow[]): Encode<T> {
  let fields: Fields | undefined;
  const encode: Encode<T> = (message, writer) => {
    fields ??= new Map(rows().map((row) => [row[0], toField(row)]));
    writer.fields(message, fields, encode);
  };
  return encode;
}

function toField([name, tag, of, how, oneof]: FieldRow): Field {
  const write = typeof of === 'string' ? scalarWriter(of, how) : messageWriter(of, how);
  return { name, tag, oneof, write, takesNull: of === encodeValue && how === undefined };
}

function scalarWriter(kind: ScalarKind, how: FieldRow[3]): Field['write'] {
  if (how === 'packed') return (writer, tag, values) => writer.packed(tag, values, kind);
  if (how === 'list') return (writer, tag, values) => writer.repeated(tag, values, kind);
  if (how === 'present') return (writer, tag, value) => writer.present(tag, value, kind);
  switch (kind) {
    case 'string':
      return (writer, tag, value) => writer.string(tag, value);
    case 'bytes':
      return (writer, tag, value) => writer.bytes(tag, value);
    case 'bool':
      return (writer, tag, value) => writer.bool(tag, value);
    case 'int32':
      return (writer, tag, value) => writer.int32(tag, value);
    case 'uint32':
      return (writer, tag, value) => writer.uint32(tag, value);
    case 'int64':
      return (writer, tag, value) => writer.int64(tag, value);
    case 'uint64':
      return (writer, tag, value) => writer.uint64(tag, value);
    case 'float':
      return (writer, tag, value) => writer.float(tag, value);
    case 'double':
      return (writer, tag, value) => writer.double(tag, value);
  }
}

function messageWriter(encode: AnyEncode, how: FieldRow[3]): Field['write'] {
  if (how === 'list') return (writer, tag, values) => writer.messages(tag, values, encode);
  if (how === 'map') return (writer, tag, entries) => writer.map(tag, entries, encode);
  return (writer, tag, value) => writer.message(tag, value, encode);
}
