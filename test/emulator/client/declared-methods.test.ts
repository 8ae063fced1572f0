import { ServerError } from '../../../src/base/errors';
import { modelMethod } from '../../../src/emulator';
import { collect } from '../../../src/operations/collect';
import type { DeclaredMethod } from '../../../src/predict/methods/declared-method';
import type { Model } from '../../../src/resources/model';
import { type Bench, startBench } from './resources/harness';

let bench: Bench;
let model: Model;

// One constant says to the emulator and to the client what a method takes and answers.
const add = { name: 'add', input: { a: 'int', b: { optional: 'int', default: 10 } }, output: 'int' } as const;
const tell = { name: 'tell', input: { prompt: 'str' }, output: 'str' } as const;
const shout = { name: 'shout', input: { prefix: 'str', items: { iterator: 'str' } }, output: 'str' } as const;
const find = {
  name: 'find',
  input: { concepts: { list: 'concept' }, where: { fields: { at: { tuple: ['float', 'float'] } } } },
  output: { list: { fields: { concept: 'concept', at: { tuple: ['float', 'float'] } } } },
} as const;

beforeEach(async () => {
  bench = await startBench();
  const methods = {
    add: modelMethod({ ...add, predict: ({ a, b }) => a + b }),
    tell: modelMethod({ ...tell, generate: ({ prompt }) => prompt.split(' ') }),
    shout: modelMethod({
      ...shout,
      async *stream({ prefix, items }) {
        for await (const item of items) yield prefix + item;
      },
    }),
    find: modelMethod({
      ...find,
      predict: ({ concepts, where }) => concepts.map((concept) => ({ concept, ...where })),
    }),
  };
  bench.emulator.model({ id: 'm', methods });
  model = bench.clarifai.model('m');
});
afterEach(() => bench[Symbol.asyncDispose]());

test('a declared method is called as one by its name', async () => {
  expect(await model.call(add, { a: 1 })).toBe(11);
  expect(await model.call(add, [{ a: 1, b: 2 }])).toMatchObject([{ ok: true, value: 3 }]);
  expect(await collect(model.generate(tell, { prompt: 'one two' }))).toEqual(['one', 'two']);
  expect(await collect(model.stream(shout, { prefix: '> ', items: ['one'] }))).toEqual(['> one']);
  const [found] = await model.call(find, { concepts: ['train'], where: { at: [0.5, 1] } });
  expect([found?.concept.id, found?.at]).toEqual(['train', [0.5, 1]]);
});

test('a declaration may leave out what is optional', async () => {
  expect(await model.call({ name: 'add', input: { a: 'int' }, output: 'int' }, { a: 2 })).toBe(12);
});

test.each<[string, DeclaredMethod]>([
  ['Expected the answer of `add` to be "str", as it was declared, got "int"', { ...add, output: 'str' }],
  ['Expected `a` of `add` to be {"iterator":false,"type":"str"}', { ...add, input: { a: 'str' } }],
  [
    'Expected `c` of `add` to be {"iterator":false,"type":"int"}, as it was declared, got nothing',
    { ...add, input: { c: 'int' } },
  ],
  ['Expected the answer of `find` to be {"list":"concept"}', { ...find, output: { list: 'concept' } }],
])('a method that is not what was declared is not called: %s', async (message, declared) => {
  const calling = model.call(declared, { a: 1 });
  await expect(calling).rejects.toMatchObject({ code: 'UNLIKE_DECLARED' });
  await expect(calling).rejects.toThrow(message);
  expect(bench.emulator.requests({ method: 'PostModelOutputs' })).toEqual([]);
});

test('an argument that is to come bit by bit is one in the declaration, too', async () => {
  const whole = { ...shout, input: { prefix: 'str', items: 'str' } } as const;
  await expect(collect(model.stream(whole, { prefix: '', items: 'x' }))).rejects.toMatchObject({
    code: 'UNLIKE_DECLARED',
  });
});

test('what declares no method is refused', async () => {
  const misspelt = { name: 'add', inputs: {}, output: 'int' };
  // @ts-expect-error `input` is missing
  await expect(model.call(misspelt, {})).rejects.toThrow('Unknown name `inputs` in `method`: did you mean `input`?');
});

test('an answer without what was declared is an error, unless it is optional', async () => {
  const maybe = { name: 'maybe', input: { is: 'bool' }, output: 'json' } as const;
  const deep = { name: 'deep', input: {}, output: { tuple: ['int', { list: 'json' }] } } as const;
  bench.emulator.model({
    id: 'mute',
    methods: {
      maybe: modelMethod({ ...maybe, predict: ({ is }) => (is ? { there: 1 } : undefined) }),
      deep: modelMethod({ ...deep, predict: () => [1, [{}, undefined]] as const }),
    },
  });
  const mute = bench.clarifai.model('mute');
  const calling = mute.call(maybe, { is: false });
  await expect(calling).rejects.toThrow(ServerError);
  await expect(calling).rejects.toThrow('`maybe` answered without something that was declared: "json"');
  expect(await mute.call(maybe, [{ is: true }, { is: false }])).toMatchObject([
    { ok: true, value: { there: 1 } },
    { index: 1, ok: false, error: { code: 'ANSWER_MISSING' } },
  ]);
  expect(await mute.call({ ...maybe, output: { optional: 'json' } }, { is: false })).toBeNull();
  await expect(mute.call(deep, {})).rejects.toMatchObject({ code: 'ANSWER_MISSING' });
});
