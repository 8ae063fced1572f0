import type { MethodName } from '../../../generated/methods';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import {
  ClarifaiError,
  DeadlineExceededError,
  InvalidRequestError,
  NotReadyError,
  UnavailableError,
} from '../../../src/base/errors';
import { modelMethod } from '../../../src/emulator';
import { collect } from '../../../src/operations/collect';
import type { Model } from '../../../src/resources/model';
import { type Bench, startBench } from './resources/harness';

let bench: Bench;
let model: Model;

const everything = {
  text: 'text',
  image: 'image',
  audio: 'audio',
  video: 'video',
  bytes: 'bytes',
  float: 'float',
  bool: 'bool',
  json: 'json',
  list: { list: 'int' },
  pair: { tuple: ['str', 'float'] },
  named: { fields: { by: 'json', array: 'ndarray' } },
  concepts: { list: 'concept' },
  region: 'region',
  frames: { list: 'frame' },
} as const;

const methods = {
  add: modelMethod({
    description: 'Adds.',
    input: { a: 'int', b: { optional: 'int', default: 10 } },
    output: 'int',
    predict: ({ a, b }) => a + b,
  }),
  echo: modelMethod({ input: everything, output: { fields: everything }, predict: (args) => args }),
  words: modelMethod({
    input: { prompt: 'str' },
    output: 'str',
    *generate({ prompt }) {
      for (const word of prompt.split(' ')) {
        if (word === 'stop') throw new Error('told to stop');
        yield word.toUpperCase();
      }
    },
  }),
  shout: modelMethod({
    input: { prefix: 'str', items: { iterator: 'str' } },
    output: 'str',
    async *stream({ prefix, items }) {
      for await (const item of items) yield `${prefix}${item}`;
    },
  }),
};

beforeEach(async () => {
  bench = await startBench();
  bench.emulator.model({ id: 'm', methods });
  model = bench.clarifai.model('m');
});

afterEach(async () => {
  await bench[Symbol.asyncDispose]();
});

const sent = <Name extends MethodName>(method: Name) => bench.emulator.requests({ method });

test('a model tells its methods, and is asked for them once', async () => {
  const [add, , words, shout] = await model.methods();
  expect(add).toMatchObject({
    name: 'add',
    description: 'Adds.',
    kind: 'call',
    arguments: [
      { name: 'a', type: 'INT', required: true },
      { name: 'b', type: 'INT', required: false, default: '10' },
    ],
    answers: [{ name: 'return', type: 'INT' }],
  });
  expect([words?.kind, shout?.kind]).toEqual(['generate', 'stream']);
  expect(await model.call('add', { a: 1, b: 2 })).toBe(3);
  expect(sent('GetModelVersion')).toHaveLength(1);
});

test('an argument that is the method’s default is not sent', async () => {
  expect(await model.call('add', { a: 1 })).toBe(11);
  expect(await model.call('add', { a: 1, b: 10 })).toBe(11);
  const parts = sent('PostModelOutputs').map(({ request }) => request?.inputs[0]?.data?.parts.map(({ id }) => id));
  expect(parts).toEqual([['a'], ['a']]);
});

test('several calls of a method are one request, with one outcome for each', async () => {
  const outcomes = await model.call('add', [{ a: 1, b: 1 }, { a: 2 }]);
  expect(outcomes).toMatchObject([
    { index: 0, ok: true, value: 2 },
    { index: 1, ok: true, value: 12 },
  ]);
  expect(sent('PostModelOutputs')).toHaveLength(1);
});

test('every type of argument arrives, and comes back', async () => {
  const image = 'https://samples.clarifai.com/metro-north.jpg';
  const array = { buffer: Uint8Array.of(1, 2, 3, 4), shape: [2, 2], dtype: 'uint8' };
  const answer = await model.call('echo', {
    text: 'hello',
    image,
    audio: Uint8Array.of(1),
    video: { url: 'https://samples.clarifai.com/beer.mp4' },
    bytes: Uint8Array.of(7, 8),
    float: 0.5,
    bool: true,
    json: [1, { deep: null }],
    list: [1, -2],
    pair: ['x', 0.25],
    named: { by: { a: 1 }, array },
    concepts: ['train', { id: 'car', value: 0.5 }],
    region: { id: 'r' },
    frames: [{ id: 'f1' }, { id: 'f2' }],
  });
  expect(answer).toMatchObject({
    text: { raw: 'hello' },
    image: { url: image },
    video: { url: 'https://samples.clarifai.com/beer.mp4' },
    float: 0.5,
    bool: true,
    json: [1, { deep: null }],
    list: [1, -2],
    pair: ['x', 0.25],
    named: { by: { a: 1 }, array: { shape: [2, 2], dtype: 'uint8' } },
    concepts: [{ id: 'train', value: 1 }, { id: 'car' }],
    region: { id: 'r' },
    frames: [{ id: 'f1' }, { id: 'f2' }],
  });
});

test.each([
  ['ad', {}, 'The model has no method `ad`: did you mean `add`?'],
  ['add', {}, 'Expected `args.a`, which `add` requires'],
  ['add', { a: 1, bb: 2 }, 'Unknown name `bb` in `args`: did you mean `b`?'],
  ['add', { a: 'one' }, 'Expected `args.a` to be an integer, got `"one"` (string)'],
  ['add', { a: 1.5 }, 'Expected `args.a` to be an integer, got `1.5` (number)'],
  ['words', { prompt: 'x' }, 'Expected `words` to be called by `generate`, as its signature says, not by `call`'],
])('the call of %s with %j is refused before it is sent', async (method, args, message) => {
  const called = model.call(method, args);
  await expect(called).rejects.toThrow(InvalidRequestError);
  await expect(called).rejects.toThrow(message);
  expect(sent('PostModelOutputs')).toHaveLength(0);
});

test.each([
  [{ json: 7 }, '`args.json` to be a plain object of JSON values'],
  [{ list: [1, 'two'] }, '`args.list[1]` to be an integer'],
  [{ pair: ['x'] }, '`args.pair` to be an array of 2'],
  [{ named: { by: {}, arr: 1 } }, 'Unknown name `arr` in `args.named`'],
  [{ named: { by: {}, array: { buffer: 1, shape: [], dtype: 'x' } } }, '`args.named.array.buffer` to be a Uint8Array'],
  [{ image: 'no URL' }, '`args.image.image` to be a URL'],
  [{ concepts: [{ id: 'x', value: 2 }] }, '`args.concepts[0].value` to be a number from 0 to 1'],
])('the argument %j of a wrong type is named', async (wrong, message) => {
  const right = {
    text: 'x',
    image: 'https://x.org/a.jpg',
    audio: 'https://x.org/a.wav',
    video: 'https://x.org/a.mp4',
    bytes: Uint8Array.of(1),
    float: 1,
    bool: true,
    json: {},
    list: [],
    pair: ['x', 1],
    named: { by: {}, array: { buffer: Uint8Array.of(1), shape: [1], dtype: 'uint8' } },
    concepts: [],
    region: {},
    frames: [],
  };
  await expect(model.call('echo', { ...right, ...wrong })).rejects.toThrow(message);
});

test('a model without methods says so, and is asked whether it has any by an input', async () => {
  bench.emulator.model({ id: 'plain', predict: () => ({ text: { raw: 'no methods here' } }) });
  const plain = bench.clarifai.model('plain');
  expect(await plain.methods()).toEqual([]);
  await expect(plain.call('add', {})).rejects.toMatchObject({ code: 'NO_METHODS' });
});

test('a method that fails rejects with what it failed of; a model that there is not, with that', async () => {
  await expect(collect(model.generate('words', { prompt: 'stop' }))).rejects.toMatchObject({
    statusCode: StatusCode.RUNNER_PROCESSING_FAILED,
  });
  await expect(bench.clarifai.model('nothing').call('add', {})).rejects.toMatchObject({ code: 'MODEL_DOES_NOT_EXIST' });
});

test('a method answers bit by bit, and is left by break', async () => {
  expect(await collect(model.generate('words', { prompt: 'one two three' }))).toEqual(['ONE', 'TWO', 'THREE']);
  for await (const word of model.generate('words', { prompt: 'one two three' })) {
    expect(word).toBe('ONE');
    break;
  }
});

test('a failure after the first answer is thrown, and the call is not repeated', async () => {
  const words: unknown[] = [];
  const reading = (async () => {
    for await (const word of model.generate('words', { prompt: 'one stop' })) words.push(word);
  })();
  await expect(reading).rejects.toThrow(ClarifaiError);
  expect(words).toEqual(['ONE']);
  expect(sent('GenerateModelOutputs')).toHaveLength(1);
});

test('a stream sends what stays with its first item only, and an empty one sends nothing', async () => {
  expect(await collect(model.stream('shout', { prefix: '> ', items: ['one', 'two'] }))).toEqual(['> one', '> two']);
  expect(await collect(model.stream('shout', { prefix: '> ', items: [] }))).toEqual([]);
  expect(sent('StreamModelOutputs')).toHaveLength(1);
});

test('a wrong item of a stream ends it, naming the item', async () => {
  await expect(collect(model.stream('shout', { prefix: '', items: ['one', 2] }))).rejects.toThrow(
    'Expected `args.items[1]` to be a string',
  );
  await expect(collect(model.stream('shout', { prefix: '' }))).rejects.toThrow('`args.items` to be an iterable');
});

test('what a stream has not sent yet waits for the service, and the source hears of an early end', async () => {
  let read = 0;
  let released = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (;;) yield await Promise.resolve(`${'x'.repeat(100_000)}${read++}`);
    } finally {
      released = true;
    }
  }
  for await (const first of model.stream('shout', { prefix: '', items: endless() })) {
    expect(first).toMatch(/x0$/);
    break;
  }
  await new Promise(setImmediate);
  expect(released).toBe(true);
  expect(read).toBeLessThan(500);
});

describe('until the first answer', () => {
  test('a model that is being deployed is asked again, with the items that it was sent', async () => {
    const { MODEL_DEPLOYING, MODEL_BUSY_PLEASE_RETRY } = StatusCode;
    bench.emulator.script('StreamModelOutputs', [{ status: MODEL_DEPLOYING }, { status: MODEL_BUSY_PLEASE_RETRY }]);
    const source = (function* () {
      yield 'one';
      yield 'two';
    })();
    expect(await collect(model.stream('shout', { prefix: '', items: source }))).toEqual(['one', 'two']);
    expect(sent('StreamModelOutputs')).toHaveLength(3);
  });

  test('a service that is throttling or away is asked again', async () => {
    bench.emulator.script('GenerateModelOutputs', [{ status: StatusCode.CONN_THROTTLED }, { grpc: 14 }]);
    expect(await collect(model.generate('words', { prompt: 'once' }))).toEqual(['ONCE']);
    expect(sent('GenerateModelOutputs')).toHaveLength(3);
  });

  test('no longer than the wait for models allows', async () => {
    bench.emulator.rule('GenerateModelOutputs', { status: StatusCode.MODEL_DEPLOYING });
    const options = { retry: { notReadyMs: 0 } };
    await expect(collect(model.generate('words', { prompt: 'x' }, options))).rejects.toThrow(NotReadyError);
  });

  test('but not when more was sent than is kept', async () => {
    bench.emulator.rule('StreamModelOutputs', { grpc: 14, latencyMs: 200 });
    let read = 0;
    const items = (function* () {
      for (; read < 20; read++) yield 'x';
    })();
    const waiting = collect(model.stream('shout', { prefix: '', items }));
    const settled = waiting.catch(() => undefined);
    while (read < 20 || sent('StreamModelOutputs').length === 0) await new Promise(setImmediate);
    // The wait may begin a moment after the call has come in.
    const ticking = setInterval(() => bench.emulator.advance(200), 5);
    await settled;
    clearInterval(ticking);
    await expect(waiting).rejects.toThrow(UnavailableError);
    expect(sent('StreamModelOutputs')).toHaveLength(1);
  });
});

test.each<[string, () => Promise<unknown>]>([
  ['call', () => model.call('add', { a: 1 }, { timeoutMs: 100 })],
  ['generate', () => collect(model.generate('words', { prompt: 'x' }, { timeoutMs: 100 }))],
  ['stream', () => collect(model.stream('shout', { prefix: '', items: ['x'] }, { timeoutMs: 100 }))],
])('the time limit of `%s` bounds the request for the signatures, too', async (_method, called) => {
  bench.emulator.rule('GetModelVersion', { latencyMs: 60_000 });
  await expect(called()).rejects.toThrow(DeadlineExceededError);
  expect(sent('GetModelVersion')).toHaveLength(1);
});

test('an abort ends a stream with its reason, also between two attempts', async () => {
  bench.emulator.rule('GenerateModelOutputs', { status: StatusCode.MODEL_DEPLOYING });
  const controller = new AbortController();
  const retry = { throttledDelayMs: 60_000, maxDelayMs: 60_000 };
  const waiting = collect(model.generate('words', { prompt: 'x' }, { signal: controller.signal, retry }));
  const settled = waiting.catch(() => undefined);
  while (sent('GenerateModelOutputs').length === 0) await new Promise(setImmediate);
  controller.abort(new Error('enough'));
  await settled;
  await expect(waiting).rejects.toThrow('enough');
});

test('a client that is aborted ends the wait of a stream between two attempts', async () => {
  bench.emulator.rule('GenerateModelOutputs', { status: StatusCode.MODEL_DEPLOYING });
  const retry = { throttledDelayMs: 60_000, maxDelayMs: 60_000 };
  const waiting = collect(model.generate('words', { prompt: 'x' }, { retry }));
  const settled = waiting.catch(() => undefined);
  while (sent('GenerateModelOutputs').length === 0) await new Promise(setImmediate);
  await bench.clarifai.close({ behaviour: 'abort' });
  await settled;
  await expect(waiting).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
});

test('a stream whose next answer takes too long is given up', async () => {
  bench.emulator.model({
    id: 'slow',
    methods: {
      slow: modelMethod({
        input: {},
        output: 'str',
        async *generate(_args, { signal }) {
          yield 'once';
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        },
      }),
    },
  });
  const words: unknown[] = [];
  const reading = (async () => {
    for await (const word of bench.clarifai.model('slow').generate('slow', {}, { idleTimeoutMs: 1000 }))
      words.push(word);
  })();
  await expect(reading).rejects.toThrow(DeadlineExceededError);
  await expect(reading).rejects.toMatchObject({ code: 'STREAM_IDLE' });
  expect(words).toEqual(['once']);
});

test('inputs are answered bit by bit, an outcome an output', async () => {
  bench.emulator.model({
    id: 'reader',
    async *predict({ data }) {
      for (const raw of (data?.text?.raw ?? '').split(' ')) yield await Promise.resolve({ text: { raw } });
    },
  });
  const reader = bench.clarifai.model('reader');
  const outcomes = await collect(reader.generate({ inputs: [{ text: 'a b' }], inferenceParams: { max_tokens: 2 } }));
  expect(outcomes.map((outcome) => outcome.ok && outcome.value.data?.text?.raw)).toEqual(['a', 'b']);
  const outputs = await collect(reader.stream({ inputs: [{ text: 'a b' }, { text: 'c' }] }));
  expect(outputs.map(({ data }) => data?.text?.raw)).toEqual(['a', 'b', 'c']);
  await expect(collect(reader.generate({ inputs: [] }))).rejects.toThrow('`inputs` to be at least one input');
});
