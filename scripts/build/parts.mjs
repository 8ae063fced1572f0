// Which file of dist each module goes into. Node reads and parses a file as a whole, so what a program needs together lies
// together: a stub needs core and codecs, a prediction also client, and who has no failures never reads what explains them.
import { entryPoints } from '../entry-points.mjs';
import { repositoryRoot } from '../paths.mjs';

/** The files that package.json exports. */
export const published = entryPoints(repositoryRoot).map(({ name }) => name);

/** Files that begin at one module, by their names: nothing else in them can be reached from other files. */
export const entries = new Map([
  ...entryPoints(repositoryRoot).map(({ name, source }) => pair(name, source.replace(/\.ts$/, ''))),
  pair('cli', 'src/cli/main'),
  pair('codecs', 'generated/codec/core'),
  pair('codecs-of-resources', 'generated/codec/resources'),
  pair('codecs-of-service', 'generated/codec/service'),
  pair('decoders', 'generated/codec/core-decoders'),
  pair('decoders-of-resources', 'generated/codec/resources-decoders'),
  pair('decoders-of-service', 'generated/codec/service-decoders'),
  pair('reflection', 'generated/reflection'),
]);

/** @returns {[string, string]} */
function pair(part, module) {
  return [part, module];
}

/** @param {string} part */
export function isGenerated(part) {
  return part === 'reflection' || /^(codecs|decoders)/.test(part);
}

/**
 * Which modules a file holds. The first row that fits counts.
 *
 * @type {readonly (readonly [part: string, modules: RegExp])[]}
 */
const rows = [
  ['emulator', /^src\/emulator\//],
  ['porter', /^src\/python\/port\//],
  ['python', /^src\/python\//],
  ['otel', /^src\/otel\//],
  // Of every command its name and options; what it does is in the file after.
  ['shell', /^src\/cli\/(run$|program$|commands$|shell\/|[^/]+\/(command|input-options)$)/],
  ['commands', /^src\/cli\//],
  ['status-codes', /^generated\/proto\/clarifai\/api\/status\/status_code$/],
  ['enums', /^generated\/proto\//],
  // An ES module that imports the package runs what each of its exports is in.
  ['client', /^src\/(options\/config-file|resources\/(trainable-model-types|workflow-yaml)$|sources\/(from-|row$))/],
  ['failures', /^src\/base\/(advice|describe|nearest-name|redact|retry-|situation|to-clarifai-error|without-)/],
  ['failures', /^src\/rpc\/(explain-encode-error|to-rpc-error|wrong-value)/],
  ['failures', /^src\/diagnostics\/log-events/],
  ['core', /^(generated\/methods|src\/(base|channel|diagnostics|interceptors|options|rpc|wire)\/)/],
  ['resources', /^src\/(archives|downloads|predict\/methods|resources|runner)\//],
  [
    'resources',
    /^src\/(operations\/(delete-|kept-source|listing|poll)|inputs\/(annotation|input-patch|input-template))/,
  ],
  ['client', /^src\/ingestion\/(limiter|token-bucket)/],
  ['ingestion', /^src\/(ingestion|sources)\//],
];

/** @param {string} module path without extension, such as `src/base/errors` */
export function partOf(module) {
  for (const [part, entry] of entries) if (entry === module) return part;
  return rows.find(([, modules]) => modules.test(module))?.[0] ?? 'client';
}
