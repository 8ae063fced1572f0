import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Folder, repositoryRoot } from './folder';

/** What package.json publishes, as `clarifai-grpc/...` names that can be imported. */
export const subpaths: readonly string[] = Object.keys(
  (JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { exports: object }).exports,
)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => `clarifai-grpc${subpath.slice(1)}`);

/** Packs this repository as `npm publish` would; returns the path of the tarball in the folder. */
export function pack(folder: Folder): string {
  npm(repositoryRoot, 'pack', '--silent', '--pack-destination', folder.path);
  const tarball = readdirSync(folder.path).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack wrote no tarball');
  return join(folder.path, tarball);
}

/** Makes the folder a project that has the packed package, and nothing else, installed. */
export function install(folder: Folder, ...options: readonly string[]): void {
  const tarball = pack(folder);
  folder.write('package.json', JSON.stringify({ name: 'consumer', version: '1.0.0', private: true }));
  npm(folder.path, 'install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', ...options, tarball);
}

function npm(cwd: string, ...args: readonly string[]): void {
  // npm run hands its own settings down, which would make the consumer's npm act on this repository.
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/.test(name),
  );
  execFileSync('npm', args, {
    cwd,
    env: { ...Object.fromEntries(environment), NODE_ENV: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
