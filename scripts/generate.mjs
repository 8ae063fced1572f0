// Writes generated/: ts-proto's types, and from the same descriptor the codecs, the lazy method table and the reflection table.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emitCodecs } from './generate/codec.mjs';
import { readModel } from './generate/descriptor.mjs';
import { emitMessages } from './generate/messages.mjs';
import { emitMethods } from './generate/methods.mjs';
import { emitReflection } from './generate/reflection.mjs';
import { repositoryRoot } from './paths.mjs';

const outputRoot = join(repositoryRoot, 'generated');

// ts-proto writes types only: its own codecs cannot reject what the official decoders reject, and its encoders need
// a filled-in copy of every request first. Why each option: proto/README.md.
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
  // protobufPackage and the like, which every file would export, and so none could be published whole.
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
  // Beside the target, so that everything can be moved into place at the end: others may be reading it.
  const folder = join(repositoryRoot, '.cache/generated');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeTypes(folder);
  const model = readModel(JSON.parse(buf(['build', '-o', '-#format=json'])));
  const { emitted, texts, codecModule } = emitCodecs(model);
  texts.set('messages.ts', emitMessages(model, emitted));
  texts.set('methods.ts', emitMethods(model, codecModule));
  texts.set('reflection.ts', emitReflection(model));
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  replaceContents(outputRoot, folder);
  return model;
}

function writeTypes(folder) {
  const plugin = { local: ['node', './node_modules/.bin/protoc-gen-ts_proto'], out: folder, opt: tsProtoOptions };
  buf(['generate', '--template', JSON.stringify({ version: 'v2', plugins: [plugin] })]);
  for (const unused of [
    'google/protobuf/descriptor.ts',
    'google/api',
    'proto/clarifai/api/utils/extensions.ts',
    'proto/clarifai/auth/util',
  ]) {
    rmSync(join(folder, unused), { recursive: true });
  }
}

/** Moves what `source` holds into `target`, in place of everything there but the README. */
function replaceContents(target, source) {
  for (const entry of new Set([...readdirSync(target), ...readdirSync(source)])) {
    if (entry === 'README.md') continue;
    rmSync(join(target, entry), { recursive: true, force: true });
    if (existsSync(join(source, entry))) renameSync(join(source, entry), join(target, entry));
  }
  rmSync(source, { recursive: true });
}

if (import.meta.filename === process.argv[1]) {
  const model = generate();
  console.log(`generate: ${model.methods.length} RPCs, ${model.messages.size} messages`);
}
