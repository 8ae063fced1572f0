import Long from 'long';
import * as core from '../../../generated/codec/core';
import * as resources from '../../../generated/codec/resources';
import * as service from '../../../generated/codec/service';
import { reflection } from '../../../generated/reflection';
import { toPlain } from '../../../src/operations/to-plain';

test('timestamps become Dates and 64-bit integers numbers, at any depth', () => {
  const bytes = core.MultiOutputResponse.encode({
    outputs: [
      { createdAt: { seconds: 1_700_000_000, nanos: 123_000_000 }, model: { createdAt: { seconds: -1, nanos: 0 } } },
    ],
  });
  const plain = toPlain(core.MultiOutputResponse.decode(bytes));
  expect(plain.outputs[0]?.createdAt).toEqual(new Date(1_700_000_000_123));
  expect(plain.outputs[0]?.model?.createdAt).toEqual(new Date(-1000));
  const job = core.InputsAddJob.encode({ progress: { successCount: 2 ** 40 } });
  expect(toPlain(core.InputsAddJob.decode(job)).progress?.successCount).toBe(2 ** 40);
});

test('JSON in metadata stays as it is, whatever its keys', () => {
  const metadata = { seconds: 1, nanos: 2, __isLong__: true, toNumber: 'text', list: ['a', { b: null }, 3] };
  const plain = toPlain(core.Input.decode(core.Input.encode({ data: { metadata } })));
  expect(plain.data?.metadata).toEqual(metadata);
});

test('bytes and vectors are not copied', () => {
  const message = { bytes: new Uint8Array(3), vector: [1, 2, 3] };
  const plain = toPlain(message);
  expect(plain.bytes).toBe(message.bytes);
  expect(plain.vector).toBe(message.vector);
});

test('every message of the service becomes plain, an empty one too', () => {
  const { messages } = reflection();
  const codecs = [core, resources, service].flatMap((module) => Object.values(module)).filter(isCodec);
  expect(codecs.length).toBeGreaterThan(700);
  for (const codec of codecs) {
    // Every message field set, and empty.
    const rows = messages[codec.typeName] ?? [];
    const embedded = rows.filter(
      ([, , , kind, type, , oneof]) => kind === 'message' && type.startsWith('clarifai.') && oneof === '',
    );
    const filled = Object.fromEntries(
      embedded.map(([, name, , , , cardinality]) => [
        name,
        cardinality === '' ? {} : cardinality === 'map' ? { key: {} } : [{}],
      ]),
    );
    for (const message of [{}, filled]) expect(holdsLong(toPlain(codec.decode(codec.encode(message))))).toBe(false);
  }
});

interface AnyCodec {
  readonly typeName: string;
  encode(message: object): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

function isCodec(value: unknown): value is AnyCodec {
  return typeof value === 'object' && value !== null && 'typeName' in value;
}

function holdsLong(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Long.isLong(value) || Object.values(value).some(holdsLong);
}
