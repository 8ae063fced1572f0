// Compiles src and generated, and joins what comes of it into the few files of dist. What is compiled stays in .cache/compiled,
// where scripts and benchmarks find the modules that dist publishes no more.
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './build/bundle.mjs';
import { bundleTypes } from './build/bundle-types.mjs';
import { loadLazily } from './build/load-lazily.mjs';
import { compiledRoot, repositoryRoot } from './paths.mjs';

const dist = join(repositoryRoot, 'dist');

export async function build() {
  // Beside the target, so that what others are reading is replaced in one move.
  const compiling = join(repositoryRoot, '.cache/compiling');
  const bundling = join(repositoryRoot, '.cache/bundling');
  for (const folder of [compiling, bundling]) rmSync(folder, { recursive: true, force: true });
  compile(compiling);
  loadLazily(compiling);
  await Promise.all([bundle(compiling, bundling), bundleTypes(compiling, bundling)]);
  replace(compiledRoot, compiling);
  replace(dist, bundling);
}

function compile(folder) {
  const tsc = join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  });
}

function replace(target, source) {
  const old = `${source}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(source, target);
  rmSync(old, { recursive: true, force: true });
}

if (import.meta.filename === process.argv[1]) await build();
