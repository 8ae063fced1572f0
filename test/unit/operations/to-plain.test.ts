import { Input, InputsAddJob, MultiOutputResponse } from '../../../generated/codec/core';
import { toPlain } from '../../../src/operations/to-plain';

test('timestamps become Dates and 64-bit integers numbers, at any depth', () => {
  const bytes = MultiOutputResponse.encode({
    outputs: [
      { createdAt: { seconds: 1_700_000_000, nanos: 123_000_000 }, model: { createdAt: { seconds: -1, nanos: 0 } } },
    ],
  });
  const plain = toPlain(MultiOutputResponse.decode(bytes));
  expect(plain.outputs[0]?.createdAt).toEqual(new Date(1_700_000_000_123));
  expect(plain.outputs[0]?.model?.createdAt).toEqual(new Date(-1000));
  const job = InputsAddJob.encode({ progress: { successCount: 2 ** 40 } });
  expect(toPlain(InputsAddJob.decode(job)).progress?.successCount).toBe(2 ** 40);
});

test('JSON in metadata stays as it is, whatever its keys', () => {
  const metadata = { seconds: 1, nanos: 2, __isLong__: true, toNumber: 'text', list: ['a', { b: null }, 3] };
  const plain = toPlain(Input.decode(Input.encode({ data: { metadata } })));
  expect(plain.data?.metadata).toEqual(metadata);
});

test('bytes and vectors are not copied', () => {
  const message = { bytes: new Uint8Array(3), vector: [1, 2, 3] };
  const plain = toPlain(message);
  expect(plain.bytes).toBe(message.bytes);
  expect(plain.vector).toBe(message.vector);
});
