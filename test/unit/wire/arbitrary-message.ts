import fc from 'fast-check';
import * as core from '../../../generated/codec/core';
import * as resources from '../../../generated/codec/resources';
import * as service from '../../../generated/codec/service';
import { reflection } from '../../../generated/reflection';
import type { FieldRow } from '../../../generated/reflection';
import type { Codec } from '../../../src/wire/codec';

/** Every codec by the full name of its message. */
export const codecs: ReadonlyMap<string, Codec<object>> = new Map(
  [core, resources, service]
    .flatMap((module): unknown[] => Object.values(module))
    .filter((value): value is Codec<object> => typeof value === 'object' && value !== null && 'typeName' in value)
    .map((codec) => [codec.typeName, codec]),
);

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ maxLength: 200 }),
);

// We sort keys by UTF-16, C++ by UTF-8, which differ beyond U+D7FF only. Either is a valid order.
const key = text.filter((value) => !/[\ud800-\uffff]/.test(value));

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    text,
    fc.double({ noDefaultInfinity: true, noNaN: true }).filter((value) => !Object.is(value, -0)),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
}));

/** Values that the official JavaScript classes keep as they are: no -0, no NaN (theirs is 7fffffff), 64-bit numbers below 2^53. */
const scalars: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: text,
  bytes: fc.uint8Array({ maxLength: 40 }),
  bool: fc.boolean(),
  int32: fc.integer(),
  enum: fc.integer({ min: 0, max: 5 }),
  uint32: fc.integer({ min: 0, max: 0xffffffff }),
  int64: fc.maxSafeInteger(),
  uint64: fc.maxSafeNat(),
  float: fc.float({ noNaN: true }).filter((value) => !Object.is(value, -0)),
  double: fc.double({ noNaN: true }).filter((value) => !Object.is(value, -0)),
};

const wellKnown: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'google.protobuf.Struct': json.object,
  'google.protobuf.Value': json.value,
  'google.protobuf.ListValue': fc.array(json.value, { maxLength: 3 }),
  'google.protobuf.BoolValue': fc.boolean(),
  'google.protobuf.Int32Value': fc.integer(),
  'google.protobuf.UInt64Value': fc.maxSafeNat(),
};

const known = new Map<string, fc.Arbitrary<object>>();

/** Messages of a type as a caller would write them, a few levels deep. */
export function arbitraryMessage(typeName: string, depth = 4): fc.Arbitrary<object> {
  const name = `${typeName} ${depth}`;
  const made = known.get(name) ?? makeMessage(typeName, depth);
  known.set(name, made);
  return made;
}

function makeMessage(typeName: string, depth: number): fc.Arbitrary<object> {
  const rows = (reflection().messages[typeName] ?? []).filter(([, , , kind]) => depth > 0 || kind !== 'message');
  if (rows.length === 0) return fc.constant({});
  return fc
    .uniqueArray(fc.constantFrom(...rows), { maxLength: 5, selector: (row) => row[6] || row[0] })
    .chain((chosen) => fc.tuple(...chosen.map((row) => fc.tuple(fc.constant(row[1]), field(row, depth)))))
    .map((entries) => Object.fromEntries(entries));
}

function field([, , , kind, type, cardinality]: FieldRow, depth: number): fc.Arbitrary<unknown> {
  const one = scalars[kind] ?? wellKnown[type] ?? arbitraryMessage(type, depth - 1);
  if (cardinality === 'repeated') return fc.array(one, { maxLength: 3 });
  return cardinality === 'map' ? fc.dictionary(key, one, { maxKeys: 3, noNullPrototype: true }) : one;
}

/** Message types that are written in full, the largest ones often, and one of their messages encoded. */
export const arbitraryEncoded: fc.Arbitrary<{ readonly codec: Codec<object>; readonly bytes: Uint8Array }> = fc
  .oneof(
    { weight: 2, arbitrary: fc.constantFrom(...codecs.values()) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...['PostInputsRequest', 'MultiOutputResponse', 'MultiInputResponse'].map(named)),
    },
  )
  .chain((codec) => arbitraryMessage(codec.typeName).map((message) => ({ codec, bytes: codec.encode(message) })));

function named(name: string): Codec<object> {
  const codec = codecs.get(`clarifai.api.${name}`);
  if (codec === undefined) throw new Error(`There is no message ${name}`);
  return codec;
}

/** What decoders disagree about: groups, field 0, long varints, wire types 6 and 7, ends of groups. */
const oddities: readonly (readonly number[])[] = [
  [0xa3, 0x06, 0x08, 0x01, 0xa4, 0x06],
  [0xa3, 0x06],
  [0xa4, 0x06],
  [0x00],
  [0x02, 0x00],
  [0x80, 0x00],
  [0x0e],
  [0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0x8a, 0x80, 0x80, 0x80, 0x00],
  [0x8a, 0x80, 0x80, 0x80, 0x10],
  [0x8a, 0x80, 0x80, 0x80, 0x80, 0x00],
  [0xf8, 0xff, 0xff, 0xff, 0x0f, 0x01],
  [0xfa, 0xff, 0xff, 0xff, 0x7f, 0x00],
];

type Edit = (bytes: Uint8Array) => Uint8Array;

/** Damage: flipped bits, and bytes put in, taken out, repeated, cut off. */
export const arbitraryEdits: fc.Arbitrary<Edit> = fc
  .array(
    fc.oneof(
      fc.tuple(fc.nat(), fc.nat(7)).map(
        ([at, bit]): Edit =>
          (bytes) =>
            bytes.map((byte, index) => (index === at % bytes.length ? byte ^ (1 << bit) : byte)),
      ),
      fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 12 })).map(
        ([at, more]): Edit =>
          (bytes) =>
            splice(bytes, at, 0, more),
      ),
      fc.tuple(fc.nat(), fc.constantFrom(...oddities)).map(
        ([at, more]): Edit =>
          (bytes) =>
            splice(bytes, at, 0, Uint8Array.from(more)),
      ),
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 8 })).map(
        ([at, count]): Edit =>
          (bytes) =>
            splice(bytes, at, count, new Uint8Array()),
      ),
      fc.nat().map(
        (at): Edit =>
          (bytes) =>
            bytes.slice(0, at % (bytes.length + 1)),
      ),
      fc.constant<Edit>((bytes) => Buffer.concat([bytes, bytes])),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((edits) => (bytes) => edits.reduce((edited, edit) => edit(edited), bytes));

function splice(bytes: Uint8Array, at: number, remove: number, add: Uint8Array): Uint8Array {
  const start = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), add, bytes.subarray(start + remove)]);
}
