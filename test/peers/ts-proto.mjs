// The stock competitor: what ts-proto 2 writes from the same protos on @bufbuild/protobuf, compiled to CommonJS.
import { transformSync } from '@swc/core';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { installPeers } from './install.mjs';

const peers = join(repositoryRoot, 'test/peers');
const output = join(repositoryRoot, '.cache/peers/ts-proto');
const stamp = join(output, 'made-from.txt');

// As a user of ts-proto would set it for Node, with the 64-bit and Struct mapping that the types of this project have.
const options = [
  'env=node',
  'esModuleInterop=true',
  'forceLong=long',
  'useDate=false',
  'useUnknownForValue=true',
  'outputJsonMethods=false',
  'outputServices=none',
];

/** Generates and compiles once; returns the folder that holds `service.js` and `resources.js`. */
export function stockTsProto() {
  installPeers();
  const madeFrom = [
    readFileSync(join(peers, 'package-lock.json')),
    readFileSync(join(repositoryRoot, 'proto/manifest.json')),
    options,
  ].join('\n');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== madeFrom) {
    rmSync(output, { recursive: true, force: true });
    generate();
    compile();
    symlinkSync(join(peers, 'node_modules'), join(output, 'node_modules'), 'junction');
    writeFileSync(stamp, madeFrom);
  }
  return join(output, 'js/proto/clarifai/api');
}

function generate() {
  console.error('peers: generating stock ts-proto ...');
  const plugin = ['node', join(peers, 'node_modules/ts-proto/protoc-gen-ts_proto')];
  const template = { version: 'v2', plugins: [{ local: plugin, out: join(output, 'ts'), opt: options }] };
  const buf = join(repositoryRoot, 'node_modules/@bufbuild/buf/bin/buf');
  execFileSync(process.execPath, [buf, 'generate', '--template', JSON.stringify(template)], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  });
}

function compile() {
  /** @type {import('@swc/core').Options} */
  const compiler = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } };
  for (const file of readdirSync(join(output, 'ts'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const target = join(output, 'js', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, transformSync(readFileSync(join(output, 'ts', file), 'utf8'), compiler).code);
  }
}
