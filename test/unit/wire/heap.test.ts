import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { reflection } from '../../../generated/reflection';
import type { FieldRow } from '../../../generated/reflection';
import { codecs } from './arbitrary-message';

/** The bound that src/wire/README.md states: how much heap a message takes at most for each byte that it was read from. */
const mostHeapPerByte = 100;
const messageBytes = 1 << 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapPerByte(typeName: string, piece: readonly number[]): number {
  const codec = codecs.get(typeName);
  const count = Math.ceil(messageBytes / piece.length);
  const bytes = Buffer.alloc(count * piece.length, Uint8Array.from(piece));
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const message = codec?.decode(bytes);
  collectGarbage();
  const heap = process.memoryUsage().heapUsed - before;
  expect(message).toBeDefined();
  return heap / bytes.length;
}

function tagBytes(number: number, wireType: number): number[] {
  const tag = (number << 3) | wireType;
  return tag < 0x80 ? [tag] : [(tag & 0x7f) | 0x80, tag >>> 7];
}

const fieldsOf = (typeName: string): readonly FieldRow[] => reflection().messages[typeName] ?? [];

/** Lists of the messages that have most fields, and so take most heap. */
const largestLists = [...codecs.keys()]
  .flatMap((holder) =>
    fieldsOf(holder)
      .filter(([, , number, kind, , cardinality]) => number < 16 && kind === 'message' && cardinality === 'repeated')
      .map(([, jsName, number, , type]) => ({ holder, jsName, number, type })),
  )
  .filter(({ type }, index, all) => all.findIndex((other) => other.type === type) === index)
  .sort((a, b) => fieldsOf(b.type).length - fieldsOf(a.type).length)
  .slice(0, 6);

test.each(largestLists)('a list of empty messages: $holder.$jsName', ({ holder, number }) => {
  expect(heapPerByte(holder, [...tagBytes(number, 2), 0])).toBeLessThan(mostHeapPerByte);
});

test.each(largestLists)('a list of messages of one tiny field: $holder.$jsName', ({ holder, number, type }) => {
  const field = fieldsOf(type).find((row) => row[5] === '' && ['bool', 'uint32', 'enum', 'int32'].includes(row[3]));
  const content = field === undefined ? tagBytes(1, 0) : tagBytes(field[2], 0);
  expect(heapPerByte(holder, [...tagBytes(number, 2), content.length + 1, ...content, 1])).toBeLessThan(
    mostHeapPerByte,
  );
});

test.each<[string, string, readonly number[]]>([
  ['texts of one letter', 'clarifai.api.Input', [...tagBytes(7, 2), 1, 0x61]],
  ['empty texts', 'clarifai.api.Input', [...tagBytes(7, 2), 0]],
  ['numbers', 'clarifai.api.Embedding', [...tagBytes(1, 5), 0, 0, 0x80, 0x3f]],
  ['empty packed lists', 'clarifai.api.Embedding', [...tagBytes(1, 2), 0]],
  ['64-bit numbers', 'MatrixUint64', [...tagBytes(2, 0), 1]],
  ['packed 64-bit numbers', 'MatrixUint64', delimited(2, Array<number>(100_000).fill(1))],
  ['small values in a Struct', 'clarifai.api.Data', delimited(5, Array.from({ length: 60_000 }, structEntry).flat())],
])('%s', (_what, typeName, piece) => {
  expect(heapPerByte(typeName, piece)).toBeLessThan(mostHeapPerByte);
});

/** A field of up to 2 MiB. */
function delimited(number: number, content: readonly number[]): number[] {
  const { length } = content;
  return [...tagBytes(number, 2), (length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14, ...content];
}

function structEntry(_: unknown, index: number): number[] {
  const key = [...Buffer.from(index.toString(36).padStart(4, '0'))];
  return [10, 4 + key.length, 10, key.length, ...key, 18, 0];
}
