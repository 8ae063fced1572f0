// Installs what the lock file beside this script names, unless that has been done already. Peers never enter the
// project's own package.json: they are here to be compared with.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = import.meta.dirname;
const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
const stamp = join(folder, 'node_modules/.installed-lock.json');

// Several tests may find at once that nothing is installed: the first makes this folder, the others wait until it is gone.
const busy = join(folder, '.installing');
const patienceMs = 5 * 60_000;

export function installPeers() {
  const givenUpAt = Date.now() + patienceMs;
  while (!isInstalled()) {
    if (begin(givenUpAt)) return install();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
}

/** @param {number} givenUpAt after which what the folder is a trace of has died */
function begin(givenUpAt) {
  try {
    mkdirSync(busy);
  } catch (error) {
    if (Date.now() < givenUpAt) return false;
    if (!existsSync(busy)) throw error;
  }
  return true;
}

function install() {
  try {
    if (!isInstalled()) npmInstall();
  } finally {
    rmdirSync(busy);
  }
}

function npmInstall() {
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
