// Where things are: the repository's root, and the root folder of an installed npm package.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const repositoryRoot = join(import.meta.dirname, '..');

/** The modules of src and generated, compiled one by one, by `npm run build`. */
export const compiledRoot = join(repositoryRoot, '.cache/compiled');

export function packageRoot(name) {
  const root = join(repositoryRoot, 'node_modules', name);
  if (!existsSync(root)) {
    throw new Error(`The npm package ${name} is not installed: run \`npm ci\` first`);
  }
  return root;
}

export function packageVersion(name) {
  return JSON.parse(readFileSync(join(packageRoot(name), 'package.json'), 'utf8')).version;
}
