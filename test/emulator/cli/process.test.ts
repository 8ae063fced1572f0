// The command as the process that it is.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { photograph } from '../harness';
import { startWorld, type World } from './world';

const root = join(__dirname, '../../..');
const { bin, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
};
const main = join(root, bin['clarifai-grpc'] ?? '');
const general = 'https://clarifai.com/clarifai/main/models/general-image-recognition';

let world: World;
const started: ChildProcess[] = [];
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await world[Symbol.asyncDispose]();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[]): [ChildProcess, Promise<Ended>] {
  const env = { ...process.env, ...world.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const { stdout, stderr } = child;
  const ended = Promise.all([text(stdout), text(stderr), once(child, 'close')]);
  return [child, ended.then(([out, err, [code]]) => ({ code: code as number | null, out, err }))];
}

async function untilAsked(requests: number): Promise<void> {
  while (world.emulator.requests({ method: 'PostModelOutputs' }).length < requests) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A folder that takes many requests, of which the service answers one after the other. */
function manyPhotos(): string {
  for (let n = 0; n < 1000; n++) world.file(`photos/${String(n).padStart(4, '0')}.jpg`, photograph());
  return join(world.folder, 'photos');
}

test('data goes to stdout, notes to stderr, and the exit code says how it ended', async () => {
  const photo = world.file('photo.jpg', photograph());
  const [, ended] = start(['predict', general, photo, photo, '--json']);
  const { code, out, err } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: '2 inputs, 0 failed\n' });
  expect(out.trim().split('\n')).toHaveLength(2);
  const [, failed] = start(['predict', 'none', photo]);
  expect(await failed).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^clarifai-grpc: /) });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'the first %s lets what was sent be answered, and ends with 130',
  async (signal) => {
    world.emulator.rule('PostModelOutputs', { latencyMs: 500 });
    const [child, ended] = start(['predict', general, manyPhotos(), '--json', '--concurrency', '1']);
    await untilAsked(1);
    child.kill(signal);
    const { code, out, err } = await ended;
    expect(code).toBe(130);
    expect(err).toContain('Finishing what is under way. Once more ends it at once.');
    const answered = out.split('\n').length - 1;
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThan(1000);
    const asked = world.emulator
      .requests({ method: 'PostModelOutputs' })
      .map(({ request }) => request?.inputs?.length ?? 0);
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(answered);
  },
);

test('the second ends at once', async () => {
  world.emulator.rule('PostModelOutputs', { latencyMs: 60_000 });
  const [child, ended] = start(['predict', general, world.file('photo.jpg', photograph())]);
  await untilAsked(1);
  child.kill('SIGINT');
  if (child.stderr !== null) await once(child.stderr, 'data');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, out: '' });
});

test('who reads enough of the output may leave', () => {
  const command = `"${process.execPath}" "${main}" call --list | head -n 1; echo "\${PIPESTATUS[0]}"`;
  expect(execFileSync('bash', ['-c', command], { encoding: 'utf8' })).toMatch(/^NAME +KIND.*\n0\n$/);
});

test('output that cannot be written ends it with 1, and one line says why', () => {
  const command = `"${process.execPath}" "${main}" call --list 2>&1 >/dev/full; echo "$?"`;
  expect(execFileSync('bash', ['-c', command], { encoding: 'utf8' })).toMatch(
    /^clarifai-grpc: Cannot write to stdout: ENOSPC.*\n1\n$/,
  );
});

test.each([[['--help']], [['predict', '--help']], [['inputs', '--help']]])(
  '%j loads commander and the list of commands, and nothing of what they do or of the client',
  async (args) => {
    const hook = world.file(
      'hook.cjs',
      "process.on('exit', () => process.stderr.write(Object.keys(require.cache).join('\\n')));",
    );
    const env = { ...process.env, NODE_OPTIONS: `--require ${hook}` };
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(child);
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(out).toContain('Usage: clarifai-grpc');
    const loaded = err.split('\n').map((path) => relative(root, path));
    const entries = Object.values(exports).map((entry) => (typeof entry === 'string' ? entry : entry.default));
    expect(loaded).toContain(relative(root, main));
    const own = loaded.filter((path) => path.startsWith('dist'));
    expect(own.reduce((bytes, path) => bytes + statSync(join(root, path)).size, 0)).toBeLessThan(100_000);
    expect(loaded.filter((path) => entries.some((entry) => join(entry) === path))).toEqual([]);
    expect(loaded.filter((path) => /^node_modules\/(?!commander\/)/.test(path))).toEqual([]);
  },
);
