// The command line tells its version, and its help.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('clarifai-grpc/package.json');
const { bin, version } = createRequire(import.meta.url)(manifest);
const cli = (argument) =>
  execFileSync(process.execPath, [join(dirname(manifest), bin['clarifai-grpc']), argument], { encoding: 'utf8' });

assert.equal(cli('--version').trim(), version);
assert.match(cli('--help'), /predict/);
