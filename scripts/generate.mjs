// Writes generated/: ts-proto's types, and from the same descriptor the codecs, the lazy method table and the reflection table.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emitCodecs } from './generate/codec.mjs';
import { readModel } from './generate/descriptor.mjs';
import { emitMethods } from './generate/methods.mjs';
import { emitReflection } from './generate/reflection.mjs';
import { repositoryRoot } from './paths.mjs';

const outputRoot = join(repositoryRoot, 'generated');

// ts-proto writes types only: its own codecs cannot reject what the official decoders reject, and its encoders need
// a filled-in copy of every request first. Why each option: facts in proto/README.md.
const tsProtoOptions = [
  'onlyTypes=true',
  'env=both',
  'useDate=false',
  'useUnknownForValue=true',
  'useReadonlyTypes=true',
  'useExactTypes=false',
  'forceLong=long',
  'outputJsonMethods=false',
  'unrecognizedEnum=false',
  'esModuleInterop=true',
  'annotateFilesWithVersion=false',
  'outputServices=default',
  'exportCommonSymbols=false',
  'outputClientImpl=false',
  'useAsyncIterable=true',
  'lowerCaseServiceMethods=false',
];

function buf(args) {
  return execFileSync(process.execPath, [join(repositoryRoot, 'node_modules/@bufbuild/buf/bin/buf'), ...args], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}

export function generate() {
  for (const entry of readdirSync(outputRoot)) {
    if (entry !== 'README.md') rmSync(join(outputRoot, entry), { recursive: true });
  }
  const template = {
    version: 'v2',
    plugins: [{ local: ['node', './node_modules/.bin/protoc-gen-ts_proto'], out: 'generated', opt: tsProtoOptions }],
  };
  buf(['generate', '--template', JSON.stringify(template)]);
  for (const unused of [
    'google/protobuf/descriptor.ts',
    'google/api',
    'proto/clarifai/api/utils/extensions.ts',
    'proto/clarifai/auth/util',
  ]) {
    rmSync(join(outputRoot, unused), { recursive: true });
  }
  const model = readModel(JSON.parse(buf(['build', '-o', '-#format=json'])));
  const { texts, codecModule } = emitCodecs(model);
  texts.set('methods.ts', emitMethods(model, codecModule));
  texts.set('reflection.ts', emitReflection(model));
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(outputRoot, file)), { recursive: true });
    writeFileSync(join(outputRoot, file), text);
  }
  return model;
}

if (import.meta.filename === process.argv[1]) {
  const model = generate();
  console.log(`generate: ${model.methods.length} RPCs, ${model.messages.size} messages`);
}
