import type { Data, Output } from '../../generated/proto/clarifai/api/resources';
import { RunnerMethodType } from '../../generated/proto/clarifai/api/resources';
import { modelMethod } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

const methods = {
  predict: modelMethod({
    description: 'Adds.',
    input: { a: 'int', b: { optional: 'int', default: 10 } },
    output: 'int',
    predict: ({ a, b }) => a + b,
  }),
  generate: modelMethod({
    input: { prompt: 'str' },
    output: 'str',
    *generate({ prompt }) {
      for (const word of prompt.split(' ')) yield word.toUpperCase();
    },
  }),
  stream: modelMethod({
    input: { prefix: 'str', items: { iterator: 'str' } },
    output: 'str',
    async *stream({ prefix, items }) {
      for await (const item of items) yield `${prefix}${item}`;
    },
  }),
  turn: modelMethod({
    input: { point: { tuple: ['float', 'float'] }, notes: { list: 'str' }, options: { fields: { by: 'json' } } },
    output: { fields: { point: { tuple: ['float', 'float'] }, notes: { list: 'str' }, by: 'json' } },
    predict: async ({ point: [x, y], notes, options }) => {
      await Promise.resolve();
      return { point: [y, x] as const, notes: [...notes].reverse(), by: options.by };
    },
  }),
  label: modelMethod({
    input: { images: { list: 'image' } },
    output: { list: 'concept' },
    predict: ({ images }) => images.map(({ url }) => ({ id: url, value: 1 })),
  }),
};

beforeEach(async () => {
  harness = await startHarness();
  harness.emulator.model({ id: 'm', methods });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

type Parts = Readonly<Record<string, DeepPartial<Data>>>;

const input = (method: string | undefined, parts: Parts) => ({
  data: {
    ...(method !== undefined && { metadata: { _method_name: method } }),
    parts: Object.entries(parts).map(([id, data]) => ({ id, data })),
  },
});

const request = (method: string | undefined, ...calls: Parts[]) => ({
  userAppId: harness.userAppId,
  modelId: 'm',
  inputs: calls.map((parts) => input(method, parts)),
});

const returned = (output: Output | undefined) => output?.data?.parts.find(({ id }) => id === 'return')?.data;

async function predict(method: string | undefined, ...calls: Parts[]) {
  const answer = await harness.client.call('PostModelOutputs', request(method, ...calls));
  return { answer, values: answer.outputs.map(returned), details: answer.outputs[0]?.status?.details };
}

it('tells the signatures of a model’s methods in its version, and to those who ask an input', async () => {
  const { modelVersion } = await harness.client.call('GetModelVersion', { userAppId: harness.userAppId, modelId: 'm' });
  expect(modelVersion?.methodSignatures.map(({ name, methodType }) => [name, methodType])).toEqual([
    ['predict', RunnerMethodType.UNARY_UNARY],
    ['generate', RunnerMethodType.UNARY_STREAMING],
    ['stream', RunnerMethodType.STREAMING_STREAMING],
    ['turn', RunnerMethodType.UNARY_UNARY],
    ['label', RunnerMethodType.UNARY_UNARY],
  ]);
  const [add, , stream, turn] = modelVersion?.methodSignatures ?? [];
  expect(add).toMatchObject({
    description: 'Adds.',
    inputFields: [
      { name: 'a', type: 3, required: true },
      { name: 'b', type: 3, required: false, default: '10' },
    ],
    outputFields: [{ name: 'return', type: 3, iterator: false }],
  });
  expect(stream?.inputFields.map(({ iterator }) => iterator)).toEqual([false, true]);
  expect(stream?.outputFields[0]?.iterator).toBe(true);
  expect(turn?.inputFields.map(({ type, typeArgs }) => [type, typeArgs.map((inner) => inner.type)])).toEqual([
    [16, [4, 4]],
    [17, [1]],
    [15, [7]],
  ]);
  const { answer } = await predict('_GET_SIGNATURES', { '': {} });
  const signatures = JSON.parse(answer.outputs[0]?.data?.text?.raw ?? '') as Record<string, object>;
  expect(Object.keys(signatures)).toEqual(Object.keys(methods));
  expect(signatures['generate']).toMatchObject({ method_type: 'UNARY_STREAMING', input_fields: [{ type: 'STR' }] });
});

it('answers the question for signatures with "format unsupported" where a model has none', async () => {
  harness.emulator.model({ id: 'm', predict: () => ({}) });
  expect((await predict('_GET_SIGNATURES', { '': {} })).answer.status?.code).toBe(30101);
});

it('calls a method with the arguments of each input, and with defaults for those that are not sent', async () => {
  const { answer, values } = await predict(
    'predict',
    { a: { intValue: 1 }, b: { intValue: 2 } },
    { a: { intValue: 5 } },
  );
  expect(answer.status?.code).toBe(10000);
  expect(values.map((data) => Number(data?.intValue))).toEqual([3, 15]);
});

it('calls the method that has the name of its RPC when none is named', async () => {
  expect(Number((await predict(undefined, { a: { intValue: 1 } })).values[0]?.intValue)).toBe(11);
});

it('takes and gives tuples, lists, named fields and JSON', async () => {
  const pair = (x: number, y: number) => ({
    parts: [
      { id: '0', data: { floatValue: x } },
      { id: '1', data: { floatValue: y } },
    ],
  });
  const list = (...texts: string[]) => ({ parts: texts.map((stringValue) => ({ id: '', data: { stringValue } })) });
  const options = { parts: [{ id: 'by', data: { structValue: { _list: [1, { deep: true }] } } }] };
  const { values } = await predict('turn', { point: pair(0.25, 0.5), notes: list('a', 'b'), options });
  expect(values[0]?.parts).toMatchObject([
    { id: 'point', data: pair(0.5, 0.25) },
    { id: 'notes', data: list('b', 'a') },
    { id: 'by', data: { structValue: { _list: [1, { deep: true }] } } },
  ]);
});

it('takes and gives messages, those that repeat side by side', async () => {
  const images = { parts: ['x', 'y'].map((url) => ({ id: '', data: { image: { url } } })) };
  const { values } = await predict('label', { images });
  expect(values[0]?.concepts.map(({ id }) => id)).toEqual(['x', 'y']);
});

it('answers bit by bit', async () => {
  const words: unknown[] = [];
  for await (const { outputs } of harness.client.stream('GenerateModelOutputs', [
    request('generate', { prompt: { stringValue: 'one two three' } }),
  ]))
    words.push(returned(outputs[0])?.stringValue);
  expect(words).toEqual(['ONE', 'TWO', 'THREE']);
});

it('streams arguments, of which the first message has those that stay', async () => {
  const item = (stringValue: string) => ({ items: { stringValue } });
  const messages = [
    request('stream', { prefix: { stringValue: '> ' }, ...item('one') }),
    { inputs: [input('stream', item('two'))] },
    { inputs: [input('stream', item('three'))] },
  ];
  const answers: unknown[] = [];
  for await (const { status, outputs } of harness.client.stream('StreamModelOutputs', messages))
    answers.push([status?.code, returned(outputs[0])?.stringValue]);
  expect(answers).toEqual([
    [10000, '> one'],
    [10000, '> two'],
    [10000, '> three'],
  ]);
});

it.each([
  [
    'a method that there is not',
    'nothing',
    {},
    'Method nothing not found; the model has predict, generate, stream, turn, label',
  ],
  [
    'a method of another kind',
    'generate',
    {},
    'Method generate is called by GenerateModelOutputs, not by PostModelOutputs',
  ],
  ['an argument that is missing', 'predict', {}, 'Missing required argument: a'],
  ['an argument that there is not', 'predict', { c: { intValue: 1 } }, 'Got unexpected argument: c'],
])('lets an input fail that asks for %s', async (_title, method, parts, expected) => {
  const { answer, details } = await predict(method, parts);
  expect([answer.status?.code, details]).toEqual([25608, expected]);
});

it('refuses methods beside `predict` or `takes`, and none of the two', () => {
  const { emulator } = harness;
  expect(() => emulator.model({ id: 'x', methods, predict: () => ({}) })).toThrow('`model.predict`');
  expect(() => emulator.model({ id: 'x', methods, takes: 'image' })).toThrow('`model.takes`');
  expect(() => emulator.model({ id: 'x' })).toThrow('`model.predict`');
});
