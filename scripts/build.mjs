// Compiles src and generated into dist.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadLazily } from './build/load-lazily.mjs';
import { repositoryRoot } from './paths.mjs';

export function build() {
  rmSync(join(repositoryRoot, 'dist'), { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [join(repositoryRoot, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
    {
      cwd: repositoryRoot,
      stdio: 'inherit',
    },
  );
  loadLazily(join(repositoryRoot, 'dist'));
}

if (import.meta.filename === process.argv[1]) build();
