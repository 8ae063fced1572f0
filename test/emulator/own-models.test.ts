import type { Harness } from './harness';
import { startHarness } from './harness';
import type { PredictContext } from '../../src/emulator/index';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const text = (raw: string) => ({ data: { text: { raw } } });

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

it('gives the model the input and the request’s parameters, and answers what it returns', async () => {
  const { client, emulator, userAppId } = harness;
  const seen: PredictContext[] = [];
  emulator.model({
    id: 'mine',
    predict(input, context) {
      seen.push(context);
      return { text: { raw: `${input.data?.text?.raw}!` } };
    },
  });
  const model = { outputInfo: { params: { temperature: 0.5 } } };
  const answer = await client.call('PostModelOutputs', {
    userAppId,
    modelId: 'mine',
    inputs: [text('a'), text('b')],
    model,
  });
  expect(answer.outputs.map(({ data }) => data?.text?.raw)).toEqual(['a!', 'b!']);
  expect(seen).toMatchObject([
    { method: 'PostModelOutputs', index: 0, params: { temperature: 0.5 }, media: { kind: 'text', text: 'a' } },
    { index: 1 },
  ]);
});

it('answers what the model resolves with, and its error as the output’s status', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({
    id: 'mine',
    predict: async ({ data }) => {
      await Promise.resolve();
      if (data?.text?.raw === 'bad') throw new Error('no such luck');
      return { stringValue: 'fine' };
    },
  });
  const answer = await client.call('PostModelOutputs', {
    userAppId,
    modelId: 'mine',
    inputs: [text('good'), text('bad')],
  });
  expect(answer.status?.code).toBe(10010);
  expect(answer.outputs[0]?.data?.stringValue).toBe('fine');
  expect(answer.outputs[1]?.status).toMatchObject({ code: 25608, details: 'no such luck' });
});

it('answers an error of the model with the status code that it carries', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({
    id: 'mine',
    predict() {
      throw Object.assign(new Error('still loading'), { statusCode: 21355 });
    },
  });
  const answer = await client.call('PostModelOutputs', { userAppId, modelId: 'mine', inputs: [text('a')] });
  expect(answer.status).toMatchObject({ code: 21355, details: 'still loading' });
});

it('answers INTERNAL when the model returns what is no data', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({ id: 'mine', predict: () => ({ noSuchField: 1 }) as never });
  await expect(
    client.call('PostModelOutputs', { userAppId, modelId: 'mine', inputs: [text('a')] }),
  ).rejects.toMatchObject({ code: 13 });
});

it('puts together what a model yields, or streams it', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({
    id: 'mine',
    async *predict() {
      for (const raw of ['one ', 'two']) yield await Promise.resolve({ text: { raw } });
    },
  });
  const request = { userAppId, modelId: 'mine', inputs: [text('a')] };
  const whole = await client.call('PostModelOutputs', request);
  expect(whole.outputs[0]?.data?.text?.raw).toBe('one two');
  const parts = await collect(client.stream('GenerateModelOutputs', [request]));
  expect(parts.map(({ status, outputs }) => [status?.code, outputs[0]?.data?.text?.raw])).toEqual([
    [10000, 'one '],
    [10000, 'two'],
  ]);
});

it('generates for several inputs at once, the shorter answers having no more data at the end', async () => {
  const { client, userAppId } = harness;
  const request = { userAppId, modelId: 'synthetic-text-generation', inputs: [text('a'), text('b c')] };
  const steps = await collect(client.stream('GenerateModelOutputs', [request]));
  expect(steps.map(({ outputs }) => outputs.map(({ data }) => data?.text?.raw ?? ''))).toEqual([
    ['You ', 'You '],
    ['said: ', 'said: '],
    ['a', 'b '],
    ['', 'c'],
  ]);
});

it('answers a stream of requests in their order, the later ones naming no model', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({ id: 'echo', predict: ({ data }) => ({ stringValue: data?.stringValue ?? '' }) });
  const item = (stringValue: string) => ({ inputs: [{ data: { stringValue } }] });
  const requests = [{ userAppId, modelId: 'echo', ...item('1') }, item('2'), item('3')];
  const answers = await collect(client.stream('StreamModelOutputs', requests));
  expect(answers.map(({ outputs }) => outputs[0]?.data?.stringValue)).toEqual(['1', '2', '3']);
});

it('answers a stream that starts wrong with one status', async () => {
  const { client, userAppId } = harness;
  for (const name of ['GenerateModelOutputs', 'StreamModelOutputs'] as const) {
    const answers = await collect(client.stream(name, [{ userAppId, modelId: 'nope', inputs: [text('a')] }]));
    expect(answers.map(({ status }) => status?.code)).toEqual([21200]);
  }
});

it('serves the models of other users to everybody', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({
    id: 'theirs',
    userId: 'openai',
    appId: 'chat',
    takes: 'text',
    predict: () => ({ text: { raw: 'hi' } }),
  });
  const answer = await client.call('PostModelOutputs', {
    userAppId: { userId: 'openai', appId: 'chat' },
    modelId: 'theirs',
    inputs: [text('a')],
  });
  expect(answer.outputs[0]?.model).toMatchObject({ id: 'theirs', userId: 'openai', appId: 'chat' });
  expect((await client.call('GetModel', { userAppId, modelId: 'theirs' })).status?.code).toBe(21200);
});

it.each([
  [{ predict: () => ({}) }, 'model.id'],
  [{ id: 'mine' }, 'model.predict'],
  [{ id: 'mine', predict: () => ({}), takes: 'smell' }, 'model.takes'],
  [{ id: 'mine', predicts: () => ({}) }, 'predicts'],
])('refuses the model %j', (definition, named) => {
  expect(() => harness.emulator.model(definition as never)).toThrow(named);
});
