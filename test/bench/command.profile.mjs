// What the command line takes to say what there is, beside a Node that does nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { medianOf } from './measure.mjs';

const turns = 15;
const { bin } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
const main = join(repositoryRoot, bin['clarifai-grpc']);
const candidates = {
  'node -e 0': ['-e', '0'],
  '--help': [main, '--help'],
  'predict --help': [main, 'predict', '--help'],
};

export const processes = 3;
export const rowNames = ['time until the process has ended', 'CPU time of the process'];
export const unit = () => 'ms';

/** The candidates take turns. */
export function measure(row) {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  const [hook, told] = [join(folder, 'hook.cjs'), join(folder, 'told')];
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.cpuUsage())));`,
  );
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn++) {
    for (const [name, args] of Object.entries(candidates)) {
      times[name].push(row.startsWith('CPU') ? cpuMs(hook, told, args) : wallMs(args));
    }
  }
  rmSync(folder, { recursive: true });
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, medianOf(ms)]));
}

function wallMs(args) {
  const start = performance.now();
  run(args);
  return performance.now() - start;
}

function cpuMs(hook, told, args) {
  run(['-r', hook, ...args]);
  const { user, system } = JSON.parse(readFileSync(told, 'utf8'));
  return (user + system) / 1000;
}

function run(args) {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
