// Brings a checkout to the state that tests and demo need: installed, protos fetched, generated, built. Each step runs only
// when what it is made from has changed since the last run, so that a second run starts at once.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stampPath = join(root, '.cache/prepare.json');

/** Hash of the names and contents of some files and folders; a missing one counts as empty. */
function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesIn(join(root, path))) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const steps = [
  {
    name: 'install',
    from: ['package-lock.json'],
    makes: 'node_modules/.package-lock.json',
    run: () => execFileSync('npm', ['ci'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' }),
  },
  {
    name: 'generate',
    from: ['package-lock.json', 'proto/manifest.json', 'buf.yaml', 'scripts/proto.mjs', 'scripts/generate.mjs', 'scripts/generate'],
    makes: 'generated/methods.ts',
    run: async () => {
      (await import('./proto.mjs')).syncProtos();
      (await import('./generate.mjs')).generate();
    },
  },
  {
    name: 'build',
    from: ['package-lock.json', 'generated', 'src', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs'],
    makes: 'dist/src/index.js',
    run: async () => (await import('./build.mjs')).build(),
  },
];

const stamps = existsSync(stampPath) ? JSON.parse(readFileSync(stampPath, 'utf8')) : {};
for (const { name, from, makes, run } of steps) {
  const wanted = fingerprint(from);
  if (stamps[name] === wanted && existsSync(join(root, makes))) continue;
  console.error(`${name} ...`);
  await run();
  stamps[name] = wanted;
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampPath, JSON.stringify(stamps));
}
