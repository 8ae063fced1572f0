import { readFileSync, statSync, symlinkSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { startWorld, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const home = () => ({ HOME: world.folder });
const own = '.config/clarifai-grpc/config.json';
const secret = '5ec4e75ec4e75ec4e75ec4e75ec4e7ab';

function contexts(value: unknown): string {
  return world.file(own, JSON.stringify(value, undefined, 2));
}

test('contexts are made, listed, chosen and deleted', async () => {
  const env = home();
  await world.ran(['config', 'create', 'one', '--user-id', 'ann', '--app-id', 'photos'], { env });
  await world.ran(['config', 'create', 'two', '--base', 'https://clarifai.example.com'], { env });
  expect((await world.ran(['config', 'use', 'two'], { env })).code).toBe(0);
  const file = join(world.folder, own);
  expect(await world.ran(['config', 'list'], { env })).toEqual({
    code: 0,
    out: [
      '   NAME  USER  APP     BASE                          CREDENTIAL  FILE',
      `   one   ann   photos  api.clarifai.com              none        ${file}`,
      `*  two                 https://clarifai.example.com  none        ${file}`,
      '',
    ].join('\n'),
    err: '',
  });
  expect((await world.ran(['config', 'delete', 'two'], { env })).code).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ contexts: { one: { userId: 'ann', appId: 'photos' } } });
  expect((await world.ran(['config', 'path'], { env })).out).toBe(`${file}\n`);
});

test('the file lies in XDG_CONFIG_HOME where that is a path from the root, or where --config says', async () => {
  const elsewhere = join(world.folder, 'elsewhere');
  const path = async (env: Record<string, string>, ...args: string[]) =>
    (await world.ran(['config', 'path', ...args], { env: { ...home(), ...env } })).out.trim();
  expect(await path({ XDG_CONFIG_HOME: elsewhere })).toBe(join(elsewhere, 'clarifai-grpc/config.json'));
  expect(await path({ XDG_CONFIG_HOME: 'not/from/the/root' })).toBe(join(world.folder, own));
  expect(await path({}, '--config', 'mine.json')).toBe('mine.json');
});

test('no listing shows a secret', async () => {
  contexts({ currentContext: 'mine', contexts: { mine: { pat: secret }, short: { apiKey: 'tiny-key' } } });
  for (const args of [['list'], ['list', '--json'], ['get'], ['get', 'mine', '--json'], ['get', 'short']]) {
    const { code, out, err } = await world.ran(['config', ...args], { env: home() });
    expect(code).toBe(0);
    expect(out + err).not.toMatch(/5ec4e7|tiny/);
  }
  const { out } = await world.ran(['config', 'get', '--json'], { env: home() });
  expect(JSON.parse(out)).toEqual({ name: 'mine', current: true, pat: '****e7ab', file: join(world.folder, own) });
});

test('a file that is a link stays one, and what it links to is replaced', async () => {
  const target = world.file('dotfiles/config.json', '{}');
  world.file('.config/clarifai-grpc/other', '');
  symlinkSync(target, join(world.folder, own));
  await world.ran(['config', 'create', 'one'], { env: home() });
  expect(lstatSync(join(world.folder, own)).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(target, 'utf8')).contexts).toEqual({ one: {} });
  expect(statSync(target).mode & 0o777).toBe(0o600);
});

test.each([
  ['{\n  "contexts": {\n    "a": { "pat": "SECRET" oops }\n  }\n}\n', ':3: not JSON', 'mend that line'],
  ['{\n  "contexts": {\n    "a": {\n      "patt": "SECRET"\n', ':5: not JSON', 'mend that line'],
  ['{\n  "contexts": {\n    "a": {\n      "patt": "SECRET"\n    }\n  }\n}\n', ':4: `a.patt`', 'did you mean `pat`?'],
  ['{\n  "contexts": {\n    "a": { "pat": "SECRET",\n      "userId": 5 }\n  }\n}\n', ':4:', '`userId` to be a text'],
  ['{\n  "contexts": [\n"SECRET"]\n}\n', ':1:', 'expected `contexts` to be an object'],
  ['{\n  "currentContxt": "SECRET"\n}\n', ':2: `currentContxt`', 'did you mean `currentContext`?'],
])('a broken file is told of by its name, line and fix, and its secrets are not: %#', async (broken, line, fix) => {
  const path = world.file(own, broken.replace('SECRET', secret));
  for (const args of [['config', 'list'], ['whoami']]) {
    const { code, out, err } = await world.ran(args, { env: home() });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(path + line);
    expect(err).toContain(fix);
    expect(err).not.toContain(secret);
  }
});

test('a context that does not exist suggests the nearest', async () => {
  contexts({ contexts: { staging: {}, production: {} } });
  expect(await world.ran(['whoami', '--context', 'stagin'], { env: home() })).toMatchObject({
    code: 2,
    err: 'clarifai-grpc: No context is called `stagin`; did you mean `staging`?\n',
  });
  expect((await world.ran(['config', 'use', 'nothing-like-it'], { env: home() })).err).toContain(
    'there are staging, production',
  );
});

test('a current context that is gone is told of where it is needed, and stands in the way of nothing else', async () => {
  contexts({ currentContext: 'gone', contexts: { here: {} } });
  expect(await world.ran(['whoami'], { env: home() })).toMatchObject({
    code: 2,
    err: expect.stringContaining('`gone`'),
  });
  expect((await world.ran(['config', 'list'], { env: home() })).code).toBe(0);
  expect((await world.ran(['config', 'use', 'here'], { env: home() })).code).toBe(0);
});

describe('contexts of other clients', () => {
  const python = '.config/clarifai/config';

  test('those of the Python SDK are used, with ENVVAR read from the environment', async () => {
    const { base, pat, userId } = world.emulator;
    world.file(
      python,
      [
        'current_context: default',
        'contexts:',
        '  default:',
        `    CLARIFAI_API_BASE: ${base}`,
        '    CLARIFAI_PAT: ENVVAR',
        `    CLARIFAI_USER_ID: ${userId}`,
        '',
      ].join('\n'),
    );
    const env = { ...home(), CLARIFAI_PAT: pat };
    const { code, out } = await world.ran(['whoami', '--json'], { env });
    expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, id: userId, base });
  });

  test('their settings may stand under `env`, too', async () => {
    world.file(python, 'current_context: a\ncontexts:\n  a:\n    env:\n      CLARIFAI_USER_ID: ann\n');
    expect(JSON.parse((await world.ran(['config', 'get', '--json'], { env: home() })).out)).toMatchObject({
      userId: 'ann',
    });
  });

  test('they are listed, and may be made the current one, but are not changed', async () => {
    const path = world.file(python, `current_context: a\ncontexts:\n  a:\n    CLARIFAI_PAT: ${secret}\n  b: {}\n`);
    const before = readFileSync(path, 'utf8');
    contexts({ contexts: { b: { userId: 'own' } } });
    const { out } = await world.ran(['config', 'list', '--json'], { env: home() });
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { name: 'b', current: false, userId: 'own', file: join(world.folder, own) },
      { name: 'a', current: true, pat: '****e7ab', file: path },
    ]);
    expect((await world.ran(['config', 'use', 'a'], { env: home() })).code).toBe(0);
    expect(JSON.parse(readFileSync(join(world.folder, own), 'utf8')).currentContext).toBe('a');
    for (const args of [
      ['config', 'delete', 'a'],
      ['logout', 'a'],
    ]) {
      expect(await world.ran(args, { env: home() })).toMatchObject({ code: 2, err: expect.stringContaining(path) });
    }
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('a broken one is told of by file, line and fix, without its secrets', async () => {
    const path = world.file(python, `contexts:\n  a:\n    CLARIFAI_PAT: "${secret}\n`);
    const { code, err } = await world.ran(['whoami'], { env: home() });
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^clarifai-grpc: ${path}:\\d+: not YAML .*; mend that line`));
    expect(err).not.toContain(secret);
  });

  test("that of Clarifai's first client is used last", async () => {
    const { base, pat } = world.emulator;
    world.file('.clarifai/config', `[clarifai]\nCLARIFAI_PAT: ${pat}\nCLARIFAI_API_BASE: ${base}\n`);
    expect(await world.ran(['whoami'], { env: home() })).toMatchObject({
      code: 0,
      out: expect.stringContaining('context legacy'),
    });
  });

  test('--config leaves them out', async () => {
    world.file(python, `current_context: a\ncontexts:\n  a:\n    CLARIFAI_PAT: ${secret}\n`);
    const args = ['whoami', '--config', join(world.folder, 'none.json')];
    expect((await world.ran(args, { env: home() })).code).toBe(4);
  });
});

describe('the precedence of flag, environment and context', () => {
  test('holds for each field by itself', async () => {
    const { base, pat } = world.emulator;
    contexts({ currentContext: 'c', contexts: { c: { base, pat, userId: 'from-context', appId: 'from-context' } } });
    const env = { ...home(), CLARIFAI_USER_ID: 'from-environment', CLARIFAI_APP_ID: '' };
    const asked = async (...args: string[]) => {
      const { out } = await world.ran(['whoami', '--json', ...args], { env });
      const { userId, appId, credentialFrom } = JSON.parse(out);
      return { userId, appId, credentialFrom };
    };
    expect(await asked()).toEqual({
      userId: 'from-environment',
      appId: 'from-context',
      credentialFrom: 'context c',
    });
    expect(await asked('--user-id', 'from-flag')).toMatchObject({ userId: 'from-flag' });
  });

  test('options may stand before the command, too', async () => {
    const args = ['--user-id', 'before', 'whoami', '--json'];
    expect(JSON.parse((await world.ran(args)).out).userId).toBe('before');
    expect(await world.ran(['--pat', 'x', 'config', 'path'])).toMatchObject({
      code: 2,
      err: 'clarifai-grpc: `path` takes no --pat\n',
    });
  });

  test('the credential of a context goes to no other endpoint than its own', async () => {
    const { base, pat } = world.emulator;
    contexts({ currentContext: 'c', contexts: { c: { pat }, here: { pat, base } } });
    const args = ['whoami', '--base', base];
    expect(await world.ran(args, { env: home() })).toMatchObject({
      code: 2,
      err: expect.stringContaining('The credential of context `c` is for api.clarifai.com and is not sent to http://'),
    });
    expect(world.emulator.requests()).toEqual([]);
    expect((await world.ran([...args, '--context', 'here'], { env: home() })).code).toBe(0);
    expect((await world.ran(args, { env: { ...home(), CLARIFAI_PAT: pat } })).code).toBe(0);
  });
});

test('a missing credential says the three ways to give one, and ends with 4', async () => {
  const { code, out, err } = await world.ran(['whoami'], { env: home() });
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(err).toMatch(/clarifai-grpc login[^]*CLARIFAI_PAT[^]*--pat/);
});

test('with --json a failure is one line of JSON on stderr', async () => {
  const { out, err } = await world.ran(['whoami', '--json'], { env: home() });
  expect(out).toBe('');
  expect(JSON.parse(err)).toEqual({
    error: {
      name: 'AuthenticationError',
      code: 'CREDENTIAL_MISSING',
      message: expect.any(String),
      source: 'client',
      category: 'auth',
    },
  });
});
