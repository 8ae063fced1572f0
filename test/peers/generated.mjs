// What the generators of two peers write from the same protos, made once into the ignored cache.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { installPeers } from './install.mjs';

const require = createRequire(import.meta.url);
const peers = join(repositoryRoot, 'test/peers');
/** Holds `protobufjs.js`, and `es` with what protoc-gen-es writes. */
export const generatedFolder = join(repositoryRoot, '.cache/peers/generated');
const stamp = join(generatedFolder, 'made-from.txt');

export function generatePeers() {
  installPeers();
  const inputs = [join(peers, 'package-lock.json'), join(repositoryRoot, 'proto/manifest.json'), import.meta.filename];
  const madeFrom = inputs.map((file) => readFileSync(file, 'utf8')).join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === madeFrom) return;
  console.error('peers: generating protobufjs static and protobuf-es ...');
  rmSync(generatedFolder, { recursive: true, force: true });
  mkdirSync(generatedFolder, { recursive: true });
  generateProtobufjs();
  generateProtobufEs();
  symlinkSync(join(peers, 'node_modules'), join(generatedFolder, 'node_modules'), 'junction');
  writeFileSync(stamp, madeFrom);
}

/** The messages of `clarifai.api` as protobufjs-cli writes them. */
export function protobufjsStatic() {
  return require(join(generatedFolder, 'protobufjs.js')).clarifai.api;
}

/** The service as protoc-gen-es writes it. */
export function protobufEsService() {
  return require(join(generatedFolder, 'es/proto/clarifai/api/service_pb.js')).V2;
}

function generateProtobufjs() {
  const proto = join(repositoryRoot, 'proto');
  const options = ['-t', 'static-module', '-w', 'commonjs', '-o', join(generatedFolder, 'protobufjs.js'), '-p', proto];
  const service = join(proto, 'proto/clarifai/api/service.proto');
  run(join(peers, 'node_modules/protobufjs-cli/bin/pbjs'), [...options, service]);
}

function generateProtobufEs() {
  const plugin = ['node', join(peers, 'node_modules/@bufbuild/protoc-gen-es/bin/protoc-gen-es')];
  const opt = ['target=js', 'js_import_style=legacy_commonjs'];
  const template = { version: 'v2', plugins: [{ local: plugin, out: join(generatedFolder, 'es'), opt }] };
  const buf = join(repositoryRoot, 'node_modules/@bufbuild/buf/bin/buf');
  run(buf, ['generate', '--template', JSON.stringify(template)]);
}

function run(script, args) {
  execFileSync(process.execPath, [script, ...args], { cwd: repositoryRoot, stdio: ['ignore', 'ignore', 'inherit'] });
}
