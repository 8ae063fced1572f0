// Brings a checkout to the state that tests and demo need: installed, protos fetched, code generated, built. Each step runs
// only when what it is made from has changed since it last finished, so a second run starts at once.
// `node scripts/prepare.mjs generate` stops after that step. Nothing but Node's own modules may be imported up here.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint } from './prepare/fingerprint.mjs';
import { isInstalled } from './prepare/installed.mjs';
import { withLock } from './prepare/lock.mjs';

const root = join(import.meta.dirname ?? '.', '..');
const stampFile = join(root, '.cache/prepare.json');

const steps = [
  {
    name: 'install',
    isDone: () => isInstalled(root),
    // NODE_ENV=production or a user's omit=dev would leave the tools out.
    run: () =>
      execFileSync('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error'], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      }),
  },
  madeFrom({
    name: 'generate',
    from: [
      'package-lock.json',
      'proto/manifest.json',
      'buf.yaml',
      'scripts/proto.mjs',
      'scripts/generate.mjs',
      'scripts/generate',
    ],
    makes: ['generated/methods.ts', 'generated/reflection.ts'],
    run: async () => {
      (await import('./proto.mjs')).syncProtos();
      (await import('./generate.mjs')).generate();
    },
  }),
  madeFrom({
    name: 'build',
    from: [
      'package-lock.json',
      'generated',
      'src',
      'package.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'scripts/build.mjs',
      'scripts/build',
      'scripts/entry-points.mjs',
    ],
    makes: ['dist/index.js', '.cache/compiled/src/index.js'],
    run: async () => (await import('./build.mjs')).build(),
  }),
];

/** A step that is done while its sources are what they were when it last finished. */
function madeFrom({ name, from, makes, run }) {
  const isDone = () =>
    makes.every((path) => existsSync(join(root, path))) && readStamps()[name] === fingerprint(root, from);
  return {
    name,
    isDone,
    run: async () => {
      // Removed first: an interrupted run must not look like the finished one before it.
      writeStamp(name, undefined);
      const stamp = fingerprint(root, from);
      await run();
      writeStamp(name, stamp);
    },
  };
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(name, stamp) {
  mkdirSync(dirname(stampFile), { recursive: true });
  const partial = `${stampFile}.${process.pid}`;
  writeFileSync(partial, JSON.stringify({ ...readStamps(), [name]: stamp }));
  renameSync(partial, stampFile);
}

async function prepare(wanted) {
  const pending = () => wanted.filter((step) => !step.isDone());
  if (pending().length === 0) return;
  const onWait = (pid) => console.error(`prepare: waiting for process ${pid}, which is preparing the same checkout`);
  await withLock(join(root, '.cache/prepare.lock'), onWait, async () => {
    for (const step of wanted) {
      if (step.isDone()) continue;
      console.error(`prepare: ${step.name} ...`);
      await step.run();
    }
  });
}

const last = process.argv[2] ?? 'build';
const count = steps.findIndex((step) => step.name === last) + 1;
try {
  if (import.meta.dirname === undefined) throw new Error(`Node 20.19 or newer is needed, this is ${process.version}`);
  if (count === 0) throw new Error(`Expected the step to be install, generate or build, got \`${last}\``);
  await prepare(steps.slice(0, count));
} catch (error) {
  console.error(`prepare: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
