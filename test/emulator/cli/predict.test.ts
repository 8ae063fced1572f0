import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '../../../src/cli/run';
import { Terminal } from '../../../src/cli/shell/terminal';
import { photograph } from '../harness';
import { startWorld, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const main = 'https://clarifai.com/clarifai/main/models';
const general = `${main}/general-image-recognition`;
const colors = `${main}/color-recognition`;
const url = 'https://samples.clarifai.com/metro-north.jpg';
const lines = (out: string): unknown[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a file is answered with its concepts, in words', async () => {
  const photo = world.file('photo.jpg', photograph());
  const { code, out, err } = await world.ran(['predict', general, photo, '--max-concepts', '3']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [name, model, , ...concepts] = out.trimEnd().split('\n');
  expect([name, model]).toEqual([photo, 'general-image-recognition']);
  expect(concepts).toHaveLength(3);
  for (const concept of concepts) expect(concept).toMatch(/^ {2}\S.* +[█░]{24} {2}0\.\d{3}$/);
});

test('--json prints a line for each input, with fixed names, in the order of the inputs', async () => {
  const photo = world.file('photo.jpg', photograph());
  const { code, out } = await world.ran(['predict', general, photo, url, '--json']);
  expect(code).toBe(0);
  expect(lines(out)).toEqual(
    [photo, url].map((input, index) => ({
      index,
      input,
      ok: true,
      value: expect.objectContaining({ createdAt: expect.stringMatching(/^\d{4}-.*Z$/), data: expect.anything() }),
    })),
  );
});

test('a folder is read with all media in it, damaged ones too, which fail by themselves, with 3; others are counted', async () => {
  const photo = world.file('photos/a.jpg', photograph());
  const broken = world.file('photos/b.jpg', 'neither\0this\0nor that');
  const empty = world.file('photos/b.png', '');
  for (const other of ['b.bin', 'c/notes.json']) world.file(`photos/${other}`, 'neither\0this\0nor that');
  const noName = world.file('photos/b2', photograph());
  const deeper = world.file('photos/c/d.jpg', photograph());
  const { code, out, err } = await world.ran(['predict', colors, join(world.folder, 'photos'), '--json']);
  expect(code).toBe(3);
  expect(lines(out)).toMatchObject([
    { input: photo, ok: true },
    {
      input: broken,
      ok: false,
      error: {
        name: 'InvalidRequestError',
        code: 'INVALID_ARGUMENT',
        source: 'client',
        message: 'Expected a kind of file known by its first bytes',
      },
    },
    { input: empty, ok: false, error: { message: 'Expected a file of at least one byte' } },
    { input: noName, ok: true },
    { input: deeper, ok: true },
  ]);
  expect(err).toBe(`${join(world.folder, 'photos')}: left out 2 that are no media\n5 inputs, 2 failed\n`);
});

test('in words, an input that failed is told on stderr, and --quiet does not hide it', async () => {
  world.file('photos/a.jpg', photograph());
  const broken = world.file('photos/b.jpg', 'x');
  const { code, out, err } = await world.ran(['predict', colors, join(world.folder, 'photos'), '--quiet']);
  expect(code).toBe(3);
  expect(out).not.toContain('b.jpg');
  expect(err).toBe(`${broken}: Expected a kind of file known by its first bytes\n`);
});

test('when all inputs fail, it ends with 1', async () => {
  const { code } = await world.ran(['predict', general, world.file('b.bin', 'x')]);
  expect(code).toBe(1);
});

test('`-` reads stdin: a picture as it is, anything in UTF-8 as text', async () => {
  await world.ran(['predict', general, '-'], { stdin: 'Grüße' });
  await using other = await startWorld();
  const stdin = new PassThrough();
  stdin.end(photograph());
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  expect(await run(['predict', general, '-'], new Terminal({ stdin, stdout, stderr, env: other.env }))).toBe(0);
  const sent = [world, other].map(({ emulator }) => emulator.requests({ method: 'PostModelOutputs' })[0]?.request);
  expect(sent).toMatchObject([
    { inputs: [{ data: { text: { raw: 'Grüße' } } }] },
    { inputs: [{ data: { image: { base64: expect.anything() } } }] },
  ]);
});

test('`-` of an empty stdin fails without being sent', async () => {
  expect(await world.ran(['predict', general, '-'])).toEqual({
    code: 1,
    out: '',
    err: '-: Expected a medium or a text on stdin, which is empty\n',
  });
  expect(world.emulator.requests()).toEqual([]);
});

test('--text may be given several times, and takes no argument away', async () => {
  await world.ran(['predict', general, '--text', 'one', url, '--text', 'two']);
  const sent = world.emulator.requests({ method: 'PostModelOutputs' })[0]?.request;
  expect(sent).toMatchObject({
    inputs: [{ data: { image: { url } } }, { data: { text: { raw: 'one' } } }, { data: { text: { raw: 'two' } } }],
  });
});

test('what is asked for is sent', async () => {
  const asked = ['--max-concepts', '7', '--min-value', '0.25', '--select-concept', 'train', '--select-concept', 'sky'];
  const args = ['predict', general, url, ...asked, '--language', 'de', '--params', '{"temperature": 0.5}'];
  await world.ran(args);
  const sent = world.emulator.requests({ method: 'PostModelOutputs' })[0]?.request;
  expect(sent).toMatchObject({
    model: {
      modelVersion: {
        outputInfo: {
          outputConfig: {
            maxConcepts: 7,
            minValue: 0.25,
            language: 'de',
            selectConcepts: [{ name: 'train' }, { name: 'sky' }],
          },
          params: { temperature: 0.5 },
        },
      },
    },
  });
});

test('--model-version goes with an id and with an address', async () => {
  for (const model of ['mine', `${main}/general-image-recognition`]) {
    await world.ran(['predict', model, url, '--model-version', 'v7']);
  }
  const sent = world.emulator.requests({ method: 'PostModelOutputs' }).map(({ request }) => request);
  expect(sent).toMatchObject([
    { modelId: 'mine', versionId: 'v7' },
    { modelId: 'general-image-recognition', versionId: 'v7', userAppId: { userId: 'clarifai', appId: 'main' } },
  ]);
});

test.each([
  [[], 'Expected an input'],
  [['no-such-file.jpg'], 'a file, a folder or a URL; a text is given by --text'],
  [[url, '--max-concepts', '0'], 'Expected --max-concepts to be a whole number at least 1 and at most 200, got "0"'],
  [[url, '--timeout', '1e9'], 'Expected --timeout to be a number at least 0.001 and at most 2147483, got "1e9"'],
  [[url, '--params', '[1]'], 'Expected --params to be an object in JSON'],
  [[url, '--params', '{'], 'Expected --params to be JSON'],
  [[url, '--max-concept', '3'], '(Did you mean --max-concepts?)'],
])('a mistake ends with 2 before anything is sent: %j', async (args, said) => {
  const { code, out, err } = await world.ran(['predict', general, ...args]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(said);
  expect(world.emulator.requests()).toEqual([]);
});

test('a folder without media is a mistake, too: it is named, and no report is begun', async () => {
  const [empty, other] = [join(world.folder, 'empty'), join(world.folder, 'other')];
  mkdirSync(empty);
  world.file('other/notes.json', '{}');
  for (const folder of [empty, other]) {
    const page = join(world.folder, 'report.html');
    expect(await world.ran(['predict', general, folder, '--html', page])).toEqual({
      code: 2,
      out: '',
      err: `clarifai-grpc: Expected \`${folder}\` to hold images, videos, sounds or texts; there are none\n`,
    });
    expect(existsSync(page)).toBe(false);
  }
});

test.each([
  ['a model that does not exist', 1, 21200, 'NotFoundError'],
  ['a key that is refused', 4, 11009, 'AuthenticationError'],
  ['a quota that is used up', 5, 11006, 'QuotaError'],
])('%s ends with %i', async (_title, code, status, name) => {
  world.emulator.script('PostModelOutputs', [{ status }]);
  const ended = await world.ran(['predict', general, url, '--json']);
  expect(ended.code).toBe(code);
  expect(ended.out).toBe('');
  expect(JSON.parse(ended.err)).toMatchObject({ error: { name, statusCode: status, requestId: expect.any(String) } });
});

test('colours are for terminals: never for a pipe or with NO_COLOR, always with FORCE_COLOR', async () => {
  const shown = async (isTTY: boolean, env: Record<string, string>) => {
    const stdout = Object.assign(new PassThrough(), { isTTY });
    const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough() };
    await run(
      ['predict', colors, world.file('photo.jpg', photograph())],
      new Terminal({ ...streams, env: { ...world.env, ...env } }),
    );
    stdout.end();
    return (await text(stdout)).includes('\x1b[');
  };
  expect(await shown(true, {})).toBe(true);
  expect(await shown(false, {})).toBe(false);
  expect(await shown(true, { NO_COLOR: '1' })).toBe(false);
  expect(await shown(false, { FORCE_COLOR: '1' })).toBe(true);
  expect(await shown(true, { TERM: 'dumb' })).toBe(false);
});

test('names of files and concepts move no cursor', async () => {
  const photo = world.file('evil\x1b[2Jname.jpg', photograph());
  const { out } = await world.ran(['predict', general, photo]);
  expect(out).not.toContain('\x1b');
});

describe('workflow run', () => {
  const workflow = 'https://clarifai.com/clarifai/main/workflows/General';

  test('prints what each node says', async () => {
    const { code, out } = await world.ran(['workflow', 'run', workflow, url]);
    expect(code).toBe(0);
    expect(out).toMatch(/general-image-recognition[^]*an embedding of \d+ numbers/);
  });

  test('--json prints a line for each input', async () => {
    const { out } = await world.ran(['workflow', 'run', workflow, url, `${url}?2`, '--json']);
    expect(lines(out)).toMatchObject([
      { index: 0, input: url, ok: true, value: { outputs: expect.any(Array) } },
      { index: 1, input: `${url}?2`, ok: true },
    ]);
  });

  test('a group without a command, or a misspelt command or option, ends with 2 and the nearest', async () => {
    expect((await world.ran(['workflow'])).code).toBe(2);
    for (const args of [
      ['--contxt', 'x', 'whoami'],
      ['whoami', '--contxt', 'x'],
      ['config', 'list', '--jsn'],
    ]) {
      expect(await world.ran(args)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/Did you mean --(context|json)\?/),
      });
    }
    expect(await world.ran(['workflow', 'rum'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean run?'),
    });
    expect(await world.ran(['predcit'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean predict?'),
    });
  });
});
