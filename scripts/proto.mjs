// Copies the service's .proto files from the pinned npm packages into proto/ and checks them against proto/manifest.json.
// `npm run proto -- --update` rewrites the manifest after a deliberate change of version.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageRoot, repositoryRoot } from './paths.mjs';

const protoRoot = join(repositoryRoot, 'proto');
const manifestPath = join(protoRoot, 'manifest.json');

// service_processed.proto is a build product of service.proto, and test_proto.proto belongs to Clarifai's own tests.
const leftOut = ['service_processed.proto', 'test_proto.proto'];

const sources = [
  { package: 'clarifai-nodejs-grpc', from: 'proto/clarifai', to: 'proto/clarifai' },
  { package: 'protobufjs', from: 'google/api', to: 'google/api', only: ['annotations.proto', 'http.proto'] },
];

/** Every .proto file below a folder, as sorted relative paths. */
export function protoFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.proto'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

/**
 * Copies all .proto files that the service needs to `target`. A package is taken from the folder that `roots` names for
 * it, or else from node_modules. Returns what each package gave, as the manifest has it.
 */
export function copyProtos(target, roots = {}) {
  return sources.map(({ package: name, from, to, only }) => {
    const root = roots[name] ?? packageRoot(name);
    const files = protoFiles(join(root, from)).filter(
      (file) => !leftOut.some((unwanted) => file.endsWith(unwanted)) && (only === undefined || only.includes(file)),
    );
    for (const file of files) {
      mkdirSync(dirname(join(target, to, file)), { recursive: true });
      cpSync(join(root, from, file), join(target, to, file));
    }
    return {
      package: name,
      version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
      files: Object.fromEntries(files.map((file) => [`${to}/${file}`, sha256(join(target, to, file))])),
    };
  });
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function differences(expected, actual) {
  const lines = [];
  for (const source of actual) {
    const known = expected.find((entry) => entry.package === source.package);
    if (known?.version !== source.version) {
      lines.push(`${source.package}: version ${source.version}, manifest says ${known?.version ?? 'nothing'}`);
    }
    const paths = new Set([...Object.keys(known?.files ?? {}), ...Object.keys(source.files)]);
    for (const path of paths) {
      if (known?.files[path] !== source.files[path]) {
        lines.push(`${path}: ${source.files[path] ?? 'missing'}, manifest says ${known?.files[path] ?? 'nothing'}`);
      }
    }
  }
  return lines;
}

export function syncProtos({ update = false } = {}) {
  rmSync(join(protoRoot, 'proto'), { recursive: true, force: true });
  rmSync(join(protoRoot, 'google'), { recursive: true, force: true });
  const actual = copyProtos(protoRoot);
  if (update || !existsSync(manifestPath)) {
    writeFileSync(manifestPath, `${JSON.stringify(actual, null, 2)}\n`);
    return;
  }
  const lines = differences(JSON.parse(readFileSync(manifestPath, 'utf8')), actual);
  if (lines.length > 0) {
    throw new Error(
      `The .proto files differ from ${relative(repositoryRoot, manifestPath)}:\n  ${lines.join('\n  ')}\n` +
        'If the change is wanted, look at it with `npm run proto:diff` and run `npm run proto -- --update`.',
    );
  }
}

if (import.meta.filename === process.argv[1]) {
  syncProtos({ update: process.argv.includes('--update') });
  console.log('proto: the .proto files match the manifest');
}
