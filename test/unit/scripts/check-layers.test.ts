import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const repositoryRoot = join(__dirname, '../../..');

function runCheck(...root: string[]): { status: number | null; violations: string[] } {
  const script = join(repositoryRoot, 'scripts/check-layers.mjs');
  const run = spawnSync(process.execPath, [script, ...root], { encoding: 'utf8' });
  return { status: run.status, violations: run.stderr.split('\n').filter((line) => line !== '') };
}

/** Checks a project that holds the given files. */
function check(files: Readonly<Record<string, string>>): { status: number | null; violations: string[] } {
  const root = mkdtempSync(join(tmpdir(), 'check-layers-'));
  const entry = { default: './dist/rpc.js' };
  try {
    const all = { 'package.json': JSON.stringify({ exports: { './rpc': entry } }), ...files };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return runCheck(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const clock = { 'src/base/clock.ts': 'export const clock = 1;' };

test('this repository keeps to its layers', () => {
  expect(runCheck()).toEqual({ status: 0, violations: [] });
});

test('what the table allows is no violation', () => {
  const files = {
    ...clock,
    'src/rpc/index.ts': `export { stub } from './stub';`,
    'src/rpc/stub.ts': `import { clock } from '../base/clock';\nimport * as grpc from '@grpc/grpc-js';\nimport 'node:util';\nexport const stub = [clock, grpc];`,
  };
  expect(check(files)).toEqual({ status: 0, violations: [] });
});

test.each([
  ['a static import', `import { clock } from '../base/clock';`],
  ['a re-export', `export { clock } from '../base/clock';`],
  ['a lazy import', `export const load = async () => import('../base/clock');`],
  ['a require', `export const load = () => require('../base/clock');`],
  ['an import of a value beside a type', `import { type Clock, clock } from '../base/clock';`],
])('%s against the layers is a violation', (_what, text) => {
  expect(check({ ...clock, 'src/wire/codec.ts': text })).toEqual({
    status: 1,
    violations: ['src/wire/codec.ts:1: wire may not import base (src/base/clock.ts)'],
  });
});

test.each([
  ['import type', `import type { Clock } from '../base/clock';`],
  ['an import of types in braces', `import { type Clock } from '../base/clock';`],
  ['export type', `export type { Clock } from '../base/clock';`],
  ['an import inside a type', `export type Clock = import('../base/clock').Clock;`],
])('%s is free', (_what, text) => {
  expect(check({ ...clock, 'src/wire/codec.ts': text }).violations).toEqual([]);
});

test('a package that the table does not give to a layer is a violation', () => {
  expect(check({ 'src/operations/retry.ts': `\nimport { status } from '@grpc/grpc-js';` }).violations).toEqual([
    'src/operations/retry.ts:2: operations may not import the package @grpc/grpc-js',
  ]);
});

test('the inside of grpc-js is forbidden to every layer, types included', () => {
  const text = `import type { Http2Call } from '@grpc/grpc-js/build/src/call';`;
  expect(check({ 'src/rpc/call.ts': text }).violations).toEqual([
    'src/rpc/call.ts:1: imports @grpc/grpc-js/build/src/call, which is internal to its package',
  ]);
});

test('a circle of imports is a violation, and is printed as the way around', () => {
  const files = {
    'src/base/a.ts': `import './b';`,
    'src/base/b.ts': `import './c';`,
    'src/base/c.ts': `import './a';`,
  };
  expect(check(files).violations).toEqual([
    'import circle: src/base/a.ts -> src/base/b.ts -> src/base/c.ts -> src/base/a.ts',
  ]);
});

test('a circle that only types close is none', () => {
  const files = { 'src/base/a.ts': `import './b';`, 'src/base/b.ts': `import type { A } from './a';` };
  expect(check(files).violations).toEqual([]);
});

test('an index file that package.json does not export is a violation', () => {
  const files = { ...clock, 'src/base/index.ts': `export { clock } from './clock';`, 'src/rpc/index.ts': '' };
  expect(check(files).violations).toEqual([
    'src/base/index.ts: an index file that package.json does not export: import the files themselves',
  ]);
});

test('a folder that has no row in the table is a violation', () => {
  expect(check({ 'src/helpers/misc.ts': 'export const misc = 1;' }).violations).toEqual([
    'src/helpers/misc.ts: lies in no layer: give its folder a row in scripts/check-layers/table.mjs',
  ]);
});

test('the cli sees what users of the package see and no more', () => {
  const files = {
    ...clock,
    'src/rpc/index.ts': '',
    'src/cli/main.ts': `import '../rpc/index';\nimport { clock } from '../base/clock';`,
  };
  expect(check(files).violations).toEqual([
    "src/cli/main.ts:2: cli may import the package's entry points only, not src/base/clock.ts",
  ]);
});

test('an import that leads nowhere is a violation', () => {
  expect(check({ 'src/base/a.ts': `import './gone';` }).violations).toEqual([
    'src/base/a.ts:1: imports ./gone, which does not exist',
  ]);
});
