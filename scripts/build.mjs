// Compiles src and generated into dist.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadLazily } from './build/load-lazily.mjs';
import { repositoryRoot } from './paths.mjs';

export function build() {
  rmSync(join(repositoryRoot, 'dist'), { recursive: true, force: true });
  // Doc comments are for the types: in the programs they would be a tenth of the package.
  compile('--declaration', 'false', '--isolatedDeclarations', 'false', '--removeComments');
  compile('--emitDeclarationOnly');
  loadLazily(join(repositoryRoot, 'dist'));
}

function compile(...options) {
  const tsc = join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...options], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  });
}

if (import.meta.filename === process.argv[1]) build();
