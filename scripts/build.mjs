// Compiles src and generated into dist.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
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
}

if (import.meta.filename === process.argv[1]) build();
