import { MultiInputResponse } from '../../../generated/codec/core';
import { postedInputs, wholeInput } from '../../../src/inputs/posted-inputs';
import { DecodeError } from '../../../src/wire/errors';

const answer = {
  status: { code: 10010, description: 'Mixed Success', reqId: 'r' },
  inputs: [
    {
      id: 'a',
      data: { image: { url: 'https://a.b/c.jpg' }, metadata: { deep: [{ er: null }] } },
      createdAt: { seconds: 1_700_000_000, nanos: 5 },
      modifiedAt: { seconds: 1_700_000_000, nanos: 6 },
      status: { code: 30001, description: 'Download pending' },
      datasetIds: ['train'],
    },
    { id: 'b', status: { code: 30100, description: 'Duplicate', details: 'Input has a duplicate ID.' } },
    {},
  ],
  inputsAddJob: { id: 'job' },
};

test('an answer that is decoded late reads as one that is decoded at once', () => {
  const bytes = MultiInputResponse.encode(answer);
  const late = postedInputs.decode(bytes);
  expect({ ...late, inputs: late.inputs.map(wholeInput) }).toEqual(MultiInputResponse.decode(bytes));
  const [first] = late.inputs;
  expect(first).toMatchObject({ id: 'a', data: { image: { url: 'https://a.b/c.jpg' } }, datasetIds: ['train'] });
  expect(late.inputs.map(({ status }) => status?.code)).toEqual([30001, 30100, undefined]);
});

test('an input that was decoded at once is whole', () => {
  const { inputs } = MultiInputResponse.decode(MultiInputResponse.encode(answer));
  expect(inputs.map(wholeInput)).toEqual(inputs);
});

test('an answer that ends in the middle is refused', () => {
  const bytes = MultiInputResponse.encode(answer);
  expect(() => postedInputs.decode(bytes.subarray(0, bytes.length - 1))).toThrow(DecodeError);
});

test('an input whose fields cannot be decoded keeps its status', () => {
  const bytes = MultiInputResponse.encode({ inputs: [{ id: 'abc', status: { code: 30001 } }] });
  bytes[bytes.indexOf(0x61)] = 0xff;
  const [input] = postedInputs.decode(bytes).inputs;
  expect(input).toMatchObject({ id: '', data: undefined, status: { code: 30001 } });
});
