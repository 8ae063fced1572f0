// `clarifai-grpc emulator`, as the process that it is.
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { photograph } from './harness';
import { V2Stub } from '../../src/rpc/index';

const main = join(__dirname, '../../dist/cli.js');
const started: ChildProcess[] = [];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(args: readonly string[], stdio: SpawnOptions['stdio'] = ['pipe', 'pipe', 'pipe']): ChildProcess {
  const child = spawn(process.execPath, [main, 'emulator', ...args], { stdio });
  started.push(child);
  return child;
}

/** What the emulator prints when it is ready, up to the end of a line. */
async function firstOutput({ stdout }: ChildProcess, isWhole = /\n$/): Promise<string> {
  if (stdout === null) throw new Error('The child has no stdout');
  let said = '';
  while (!isWhole.test(said)) {
    const [chunk] = (await once(stdout, 'data')) as [Buffer];
    said += chunk.toString();
  }
  return said;
}

async function outputOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The child has no stdout');
  return text(stdout);
}

async function errorsOf({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('The child has no stderr');
  return text(stderr);
}

interface Told {
  readonly base: string;
  readonly port: number;
  readonly pid: number;
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
  readonly apiKey: string;
  readonly sessionToken: string;
  readonly rootCertificatesPath: string | null;
}

async function startJson(args: readonly string[] = [], stdio?: SpawnOptions['stdio']): Promise<[ChildProcess, Told]> {
  const child = start(['--json', ...args], stdio);
  return [child, JSON.parse(await firstOutput(child)) as Told];
}

async function exitOf(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return [child.exitCode, child.signalCode];
}

function file(name: string, contents: string): string {
  writeFileSync(join(folder, name), contents);
  return join(folder, name);
}

test('--json prints one line with a fixed set of names, and calls with what it says are answered', async () => {
  const [child, told] = await startJson();
  expect(Object.keys(told)).toEqual([
    'base',
    'port',
    'pid',
    'userId',
    'appId',
    'pat',
    'apiKey',
    'sessionToken',
    'rootCertificatesPath',
  ]);
  expect(told).toMatchObject({ pid: child.pid, rootCertificatesPath: null, base: `http://127.0.0.1:${told.port}` });
  for (const credential of [{ pat: told.pat }, { apiKey: told.apiKey }, { sessionToken: told.sessionToken }]) {
    await using stub = new V2Stub({ base: told.base, ...credential });
    const userAppId = { userId: told.userId, appId: told.appId };
    expect((await stub.ListInputs({ userAppId })).status?.code).toBe(10000);
  }
});

test('without --json it prints lines that a shell takes', async () => {
  const said = await firstOutput(start([]), /SESSION_TOKEN=.*\n$/);
  const names = said.split('\n').map((line) => /^(CLARIFAI_\w+)=\S+$/.exec(line)?.[1] ?? line.slice(0, 1));
  expect(names).toEqual(['CLARIFAI_API_BASE', 'CLARIFAI_USER_ID', 'CLARIFAI_APP_ID', 'CLARIFAI_PAT', '#', '']);
});

test('--tls serves TLS, and the CA lies where it says until the end', async () => {
  const [child, { base, pat, rootCertificatesPath }] = await startJson(['--tls']);
  expect(base).toMatch(/^https:\/\/localhost:\d+$/);
  await using stub = new V2Stub({ base, pat, rootCertificates: readFileSync(rootCertificatesPath ?? '', 'utf8') });
  expect((await stub.GetUser({})).status?.code).toBe(10000);
  child.kill('SIGTERM');
  expect(await exitOf(child)).toEqual([0, null]);
  expect(existsSync(rootCertificatesPath ?? '')).toBe(false);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops it, with 0', async (signal) => {
  const [child] = await startJson();
  child.kill(signal);
  expect(await exitOf(child)).toEqual([0, null]);
});

test('it stops when a pipe ends that is its stdin', async () => {
  const [child] = await startJson();
  child.stdin?.end();
  expect(await exitOf(child)).toEqual([0, null]);
});

test.each([
  ['stops with a parent that is killed, without a pipe to it', [], true],
  ['outlives its parent when it is told to', ['--detached'], false],
])('it %s', async (_title, more, stops) => {
  // The parent lends it no stdin, and would take no leave.
  const script = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([main, 'emulator', '--json', ...more])}, { stdio: ['ignore', 'inherit', 'inherit'] })`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(parent);
  const { pid, base, pat } = JSON.parse(await firstOutput(parent)) as Told;
  parent.kill('SIGKILL');
  await exitOf(parent);
  try {
    if (stops) while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
    else await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(isAlive(pid)).toBe(!stops);
    await using stub = new V2Stub({ base, pat });
    const answered = stub.GetUser({}, { timeoutMs: 5000 }).then(
      () => true,
      () => false,
    );
    expect(await answered).toBe(!stops);
  } finally {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('--store-bytes hosts what inputs are sent as, and --fetch-hosts names hosts that are asked', async () => {
  const asked: string[] = [];
  const site = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.end(photograph());
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  const args = ['--store-bytes', '--fetch-hosts', `localhost:1,${host}`];
  const [, { base, pat, userId, appId }] = await startJson(args);
  await using stub = new V2Stub({ base, pat });
  const { inputs } = await stub.PostInputs({
    userAppId: { userId, appId },
    inputs: [
      { id: 'sent', data: { image: { base64: photograph() } } },
      { id: 'fetched', data: { image: { url: `http://${host}/photograph.jpg` } } },
    ],
  });
  site.close().closeAllConnections();
  expect(asked).toEqual(['/photograph.jpg']);
  expect(inputs[0]?.data?.image?.hosted?.prefix).toMatch(/^http:/);
});

test('--seed fills the app from a file', async () => {
  const seed = {
    concepts: [{ id: 'cat' }],
    inputs: [
      { id: 'a', data: { text: { raw: 'x' }, metadata: { base64: 'as it is' } } },
      { id: 'b', data: { image: { base64: photograph().toString('base64') } } },
    ],
  };
  const [, { base, pat, userId, appId }] = await startJson(['--seed', file('good.json', JSON.stringify(seed))]);
  await using stub = new V2Stub({ base, pat });
  const { inputs } = await stub.ListInputs({ userAppId: { userId, appId } });
  expect(inputs.map(({ id, status }) => [id, status?.code])).toEqual([
    ['a', 30000],
    ['b', 30000],
  ]);
  expect(inputs[0]?.data?.metadata).toEqual({ base64: 'as it is' });
  expect(inputs[1]?.data?.image?.imageInfo).toMatchObject({ width: 512, height: 384 });
});

test.each([
  ['line', '{\n  "inputs": [\n    oops\n', /bad\.json:3: /],
  ['end, if it is cut short', '{\n  "inputs": [\n', /bad\.json:3: /],
  ['unknown noun', '{ "input": [] }', /bad\.json: Unknown name `input` in `seed`: did you mean `inputs`\?/],
  [
    'path that the service refuses',
    '{ "concepts": [{ "id": "a" }, { "id": "a" }] }',
    /bad\.json: seed\.concepts\[1\]: /,
  ],
  [
    'path of a field that there is not',
    '{ "inputs": [{ "ids": "a" }] }',
    /bad\.json: Unknown field `seed\.inputs\[0\]\.ids` of .*did you mean `id`/,
  ],
  [
    'path of a value of the wrong type',
    '{ "concepts": [{ "id": 5 }] }',
    /bad\.json: Expected `seed\.concepts\[0\]\.id` to be a string, got `5`/,
  ],
])(
  'a seed that is wrong ends it with 1, and the message names the file and the %s',
  async (_what, contents, message) => {
    const child = start(['--seed', file('bad.json', contents)]);
    const [said] = await Promise.all([errorsOf(child), exitOf(child)]);
    expect(said).toMatch(message);
    expect(await exitOf(child)).toEqual([1, null]);
  },
);

test.each([
  [['--seed', 'nowhere.json'], /nowhere\.json/, 1],
  [['--port', 'x'], /--port/, 2],
  [['--port', '70000'], /--port/, 2],
  [['--host', '0.0.0.0'], /loopback address unless `allowRemote`/, 2],
])('%j ends it, and the message names what is wrong', async (args, message, code) => {
  const child = start(args);
  const [said] = await Promise.all([errorsOf(child), exitOf(child)]);
  expect(said).toMatch(message);
  expect(await exitOf(child)).toEqual([code, null]);
});

test('a port that is taken ends it with 1', async () => {
  const [, { port }] = await startJson();
  const child = start(['--port', String(port)]);
  const [said] = await Promise.all([errorsOf(child), exitOf(child)]);
  expect(said).toMatch(/EADDRINUSE/);
});

test('--persist goes on where the last one ended, with the same keys, and is not seeded again', async () => {
  const args = ['--persist', join(folder, 'state'), '--seed', file('once.json', '{ "concepts": [{ "id": "cat" }] }')];
  const [first, before] = await startJson(args);
  {
    await using stub = new V2Stub({ base: before.base, pat: before.pat });
    const userAppId = { userId: before.userId, appId: before.appId };
    await stub.PostConcepts({ userAppId, concepts: [{ id: 'dog' }] });
  }
  first.kill('SIGTERM');
  expect(await exitOf(first)).toEqual([0, null]);
  const [, after] = await startJson(args);
  expect(after).toMatchObject({ pat: before.pat, apiKey: before.apiKey, sessionToken: before.sessionToken });
  await using stub = new V2Stub({ base: after.base, pat: after.pat });
  const { concepts } = await stub.ListConcepts({ userAppId: { userId: after.userId, appId: after.appId } });
  expect(concepts.map(({ id }) => id)).toEqual(['cat', 'dog']);
});

test('--allow-remote lets other machines in', async () => {
  const [, { base }] = await startJson(['--host', '0.0.0.0', '--allow-remote']);
  expect(base).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/);
});

describe('--background', () => {
  test('ends when the emulator can be called, which stays until it is killed', async () => {
    const child = start(['--background']);
    const [output, errors] = [outputOf(child), errorsOf(child)];
    expect(await exitOf(child)).toEqual([0, null]);
    const [told] = [await output, await errors];
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(told)?.[1];
    const [, pid] = /^# it runs until this ends it: kill (\d+)$/m.exec(told) ?? [];
    try {
      await using stub = new V2Stub({ base: value('CLARIFAI_API_BASE'), pat: value('CLARIFAI_PAT') });
      const { status } = await stub.ListInputs({
        userAppId: { userId: value('CLARIFAI_USER_ID') ?? '', appId: value('CLARIFAI_APP_ID') ?? '' },
      });
      expect(status?.code).toBe(10000);
    } finally {
      process.kill(Number(pid), 'SIGKILL');
    }
  });

  test('ends with what went wrong when it cannot be started', async () => {
    const child = start(['--background', '--port', '70000']);
    const errors = errorsOf(child);
    expect(await exitOf(child)).toEqual([2, null]);
    expect(await errors).toContain('--port');
  });
});
