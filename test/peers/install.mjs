// Installs what the lock file beside this script names, unless that has been done already. Peers never enter the
// project's own package.json: they are here to be compared with.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = import.meta.dirname;
const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
const stamp = join(folder, 'node_modules/.installed-lock.json');

export function installPeers() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('peers: npm ci ...');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, lock);
}

/** `require` as seen by the peers. */
export const requirePeer = createRequire(join(folder, 'install.mjs'));
