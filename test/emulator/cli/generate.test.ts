import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { run } from '../../../src/cli/run';
import { Terminal } from '../../../src/cli/shell/terminal';
import { modelMethod } from '../../../src/emulator/index';
import { startWorld, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const model = 'https://clarifai.com/clarifai/main/models/synthetic-text-generation';

test('what the model says is printed, and the last line ends', async () => {
  const { code, out, err } = await world.ran(['generate', model, 'count to three']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^\S[^]*[^\n]\n$/);
  const parts = (await world.ran(['generate', model, 'count to three', '--json'])).out.trim().split('\n');
  const texts = parts.map((line) => JSON.parse(line).value.data.text.raw as string);
  expect(texts.length).toBeGreaterThan(1);
  expect(`${texts.join('')}\n`).toBe(out);
});

test('the first words are printed before the last are made', async () => {
  const seen = new EventEmitter();
  world.emulator.model({
    id: 'slow',
    async *predict() {
      const first = once(seen, 'first');
      yield { text: { raw: 'first ' } };
      await first;
      yield { text: { raw: 'last' } };
    },
  });
  const stdout = new PassThrough();
  const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough(), env: world.env };
  const ended = run(['generate', 'slow', 'go'], new Terminal(streams));
  let said = '';
  for await (const chunk of stdout) {
    said += String(chunk);
    if (said === 'first ') seen.emit('first');
    if (said.endsWith('\n')) break;
  }
  expect(said).toBe('first last\n');
  expect(await ended).toBe(0);
});

test('a terminal gets no escapes from the model, a pipe gets all that it says', async () => {
  world.emulator.model({ id: 'rude', predict: () => ({ text: { raw: 'a\x1b[2J\tb\n' } }) });
  const said = async (isTTY: boolean): Promise<string> => {
    const stdout = Object.assign(new PassThrough(), { isTTY });
    const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough(), env: world.env };
    expect(await run(['generate', 'rude', 'go'], new Terminal(streams))).toBe(0);
    return String(stdout.read());
  };
  expect(await said(true)).toBe('a[2J\tb\n');
  expect(await said(false)).toBe('a\x1b[2J\tb\n');
});

test.each([[['-']], [[]]])('a prompt comes through stdin with %j', async (args) => {
  await world.ran(['generate', model, ...args], { stdin: 'from a pipe' });
  expect(world.emulator.requests({ method: 'GenerateModelOutputs' })[0]?.request).toMatchObject({
    inputs: [{ data: { text: { raw: 'from a pipe' } } }],
  });
});

test('without a prompt it ends with 2', async () => {
  expect(await world.ran(['generate', model])).toMatchObject({ code: 2, out: '' });
  expect(world.emulator.requests()).toEqual([]);
});

test('half an answer is shown, then why there is no more', async () => {
  world.emulator.model({
    id: 'breaks',
    async *predict() {
      yield { text: { raw: 'half an ' } };
      throw new Error('out of words');
    },
  });
  const { code, out, err } = await world.ran(['generate', 'breaks', 'go']);
  expect({ code, out }).toEqual({ code: 1, out: 'half an \n' });
  expect(err).toMatch(/^clarifai-grpc: /);
});

test('--method calls a method by name, whether it answers at once or bit by bit', async () => {
  world.emulator.model({
    id: 'assistant',
    methods: {
      add: modelMethod({ input: { a: 'int', b: 'int' }, output: 'int', predict: ({ a, b }) => a + b }),
      chat: modelMethod({
        input: { prompt: 'str' },
        output: 'str',
        *generate({ prompt }) {
          yield* ['You said: ', prompt];
        },
      }),
    },
  });
  const said = async (...args: string[]) => (await world.ran(['generate', 'assistant', ...args])).out;
  expect(await said('--method', 'add', '--args', '{"a": 1, "b": 2}')).toBe('3\n');
  expect(await said('--method', 'chat', '--args', '{"prompt": "hi"}')).toBe('You said: hi\n');
  expect(await said('--method', 'chat', '--args', '{"prompt": "hi"}', '--json')).toBe(
    '{"value":"You said: "}\n{"value":"hi"}\n',
  );
  expect(await world.ran(['generate', 'assistant', '--method', 'chta'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('chat'),
  });
});
