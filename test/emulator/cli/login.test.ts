import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '../../../src/cli/run';
import { Terminal } from '../../../src/cli/shell/terminal';
import { startWorld, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

/** The environment of somebody who has set nothing but where the service is. */
const bare = () => ({ HOME: world.folder, CLARIFAI_API_BASE: world.emulator.base });
const configPath = () => join(world.folder, '.config/clarifai-grpc/config.json');
const config = () => JSON.parse(readFileSync(configPath(), 'utf8'));

test('login checks a token from a pipe, learns the user, and keeps a context that only its owner can read', async () => {
  const { base, pat, userId } = world.emulator;
  const login = await world.ran(['login'], { stdin: `${pat}\n`, env: bare() });
  expect(login).toEqual({
    code: 0,
    out: `Logged in as ${userId} at ${base}; commands use the context ${userId} of ${configPath()}\n`,
    err: expect.stringMatching(/^Personal access token|^$/),
  });
  expect(config()).toEqual({ currentContext: userId, contexts: { [userId]: { pat, userId, base } } });
  expect(statSync(configPath()).mode & 0o777).toBe(0o600);
  expect(statSync(join(configPath(), '..')).mode & 0o777).toBe(0o700);
});

test('what follows a login needs no environment', async () => {
  const { pat, userId, appId, base } = world.emulator;
  await world.ran(['login', '--app-id', appId], { stdin: pat, env: bare() });
  const { code, out } = await world.ran(['whoami', '--json'], { env: { HOME: world.folder } });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    id: userId,
    base,
    userId,
    appId,
    credential: `pat ****${pat.slice(-4)}`,
    credentialFrom: `context ${userId}`,
  });
});

test('a token that is refused is not kept, and ends with 4', async () => {
  const { code, out, err } = await world.ran(['login'], { stdin: '0123456789abcdef0123456789abcdef', env: bare() });
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(err).toMatch(/^clarifai-grpc: .*API key/);
  expect(err).not.toContain('0123456789abcdef');
  expect(() => statSync(configPath())).toThrow('ENOENT');
});

test('--no-verify keeps a token unseen by the service', async () => {
  const { code } = await world.ran(['login', '--no-verify', '--name', 'later'], { stdin: 'a-token', env: bare() });
  expect(code).toBe(0);
  expect(config().contexts.later).toEqual({ pat: 'a-token', base: world.emulator.base });
  expect(world.emulator.requests()).toEqual([]);
});

test('a terminal is asked for the token, and does not show it', async () => {
  const { pat, userId } = world.emulator;
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const ended = run(['login'], new Terminal({ stdin, stdout, stderr, env: bare() }));
  for (const key of `${pat}x\b\r`) stdin.write(key);
  expect(await ended).toBe(0);
  stdout.end();
  stderr.end();
  const shown = (await text(stdout)) + (await text(stderr));
  expect(shown).toContain('Personal access token for');
  expect(shown).not.toContain(pat);
  expect(config().contexts[userId].pat).toBe(pat);
});

test('no token at all is a mistake of who calls', async () => {
  expect(await world.ran(['login'], { stdin: '\n', env: bare() })).toMatchObject({
    code: 2,
    err: expect.stringContaining('https://clarifai.com/settings/security'),
  });
});

test('login into a context that exists keeps what it says of app and endpoint', async () => {
  const { base, pat, appId } = world.emulator;
  const env = { HOME: world.folder };
  await world.ran(['config', 'create', 'here', '--base', base, '--app-id', appId], { env });
  expect((await world.ran(['login', '--name', 'here'], { stdin: pat, env })).code).toBe(0);
  expect(config().contexts.here).toMatchObject({ base, appId, pat });
});

test('logout forgets the credential and nothing else', async () => {
  const { pat, userId, base } = world.emulator;
  await world.ran(['login'], { stdin: pat, env: bare() });
  expect(await world.ran(['logout'], { env: bare() })).toMatchObject({ code: 0, out: '' });
  expect(config()).toEqual({ currentContext: userId, contexts: { [userId]: { userId, base } } });
  expect((await world.ran(['whoami'], { env: bare() })).code).toBe(4);
});

test('a login after a logout finds the app that the context has kept', async () => {
  const { pat, userId, appId } = world.emulator;
  await world.ran(['login', '--app-id', appId], { stdin: pat, env: bare() });
  await world.ran(['logout'], { env: bare() });
  await world.ran(['login'], { stdin: pat, env: bare() });
  expect(config().contexts[userId]).toMatchObject({ pat, appId });
});

test('a login does not keep the app of another user', async () => {
  const { pat, userId, appId } = world.emulator;
  await world.ran(['login', '--no-verify', '--name', 'mine', '--user-id', 'acme', '--app-id', appId], {
    stdin: pat,
    env: bare(),
  });
  await world.ran(['login', '--name', 'mine', '--user-id', 'bob', '--no-verify'], { stdin: pat, env: bare() });
  expect(config().contexts.mine).toMatchObject({ userId: 'bob' });
  expect(config().contexts.mine).not.toHaveProperty('appId');
  await world.ran(['login', '--no-verify', '--name', userId, '--user-id', 'acme', '--app-id', appId], {
    stdin: pat,
    env: bare(),
  });
  await world.ran(['login'], { stdin: pat, env: bare() });
  expect(config().contexts[userId]).not.toHaveProperty('appId');
});

test('logout --all forgets the credentials of all contexts', async () => {
  const { pat } = world.emulator;
  for (const name of ['a', 'b']) await world.ran(['login', '--name', name], { stdin: pat, env: bare() });
  expect((await world.ran(['logout', '--all'], { env: bare() })).code).toBe(0);
  expect(JSON.stringify(config())).not.toContain(pat);
  expect(Object.keys(config().contexts)).toEqual(['a', 'b']);
});

test('whoami says which of flag, environment and context the credential comes from', async () => {
  const { pat } = world.emulator;
  await world.ran(['login', '--name', 'mine'], { stdin: pat, env: bare() });
  const origins = [
    [['whoami', '--json'], bare()],
    [['whoami', '--json'], world.env],
    [['whoami', '--json', '--pat', pat], world.env],
  ] as const;
  const found: unknown[] = [];
  for (const [args, env] of origins) found.push(JSON.parse((await world.ran(args, { env })).out).credentialFrom);
  expect(found).toEqual(['context mine', 'environment', 'flag']);
});
