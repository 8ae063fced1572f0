// Which file of dist each module goes into. Node reads and parses a file as a whole, so what a program needs together lies
// together: a stub needs core and one file of codecs, a prediction also client.
import { entryPoints } from '../entry-points.mjs';
import { repositoryRoot } from '../paths.mjs';

/** Files that begin at one module, by their names: nothing else in them can be reached from other files. */
export const entries = new Map([
  ['cli', 'src/cli/main'],
  ['codecs', 'generated/codec/core'],
  ['codecs-of-resources', 'generated/codec/resources'],
  ['codecs-of-service', 'generated/codec/service'],
  ['reflection', 'generated/reflection'],
]);
/** Of these the ones that package.json exports. */
export const published = entryPoints(repositoryRoot).map(({ name }) => name);
for (const { name, source } of entryPoints(repositoryRoot)) entries.set(name, source.replace(/\.ts$/, ''));

/** @param {string} part */
export function isGenerated(part) {
  return part === 'reflection' || part.startsWith('codecs');
}

/**
 * The first row that fits counts.
 *
 * @type {readonly (readonly [part: string, prefixes: readonly string[]])[]}
 */
const rows = [
  ['index', ['src/index']],
  ['rpc', ['src/rpc/index']],
  ['emulator', ['src/emulator/']],
  ['porter', ['src/python/port/']],
  ['python', ['src/python/']],
  ['otel', ['src/otel/']],
  ['cli', ['src/cli/main', 'src/cli/run', 'src/cli/commands', 'src/cli/shell/']],
  ['commands', ['src/cli/']],
  ['codecs', ['generated/codec/core']],
  ['codecs-of-resources', ['generated/codec/resources']],
  ['codecs-of-service', ['generated/codec/service']],
  ['enums', ['generated/proto/']],
  ['reflection', ['generated/reflection']],
  // What a call that fails needs more than one that does not.
  [
    'failures',
    [
      ...[
        'advice',
        'describe',
        'error',
        'nearest-name',
        'redact',
        'retry-',
        'situation',
        'to-clarifai-error',
        'without-',
      ].map((name) => `src/base/${name}`),
      ...['explain-encode-error', 'status-error', 'to-rpc-error', 'wrong-value'].map((name) => `src/rpc/${name}`),
      'src/diagnostics/log-events',
      'src/options/config-file',
    ],
  ],
  [
    'core',
    [
      'generated/methods',
      ...['base', 'channel', 'diagnostics', 'interceptors', 'options', 'rpc', 'wire'].map((folder) => `src/${folder}/`),
    ],
  ],
  // What handles of apps, models and the like need more than a prediction.
  [
    'resources',
    [
      ...['archives', 'downloads', 'predict/methods', 'resources', 'runner'].map((folder) => `src/${folder}/`),
      ...['delete-', 'kept-source', 'listing', 'poll'].map((name) => `src/operations/${name}`),
      ...['annotation', 'input-patch', 'input-template'].map((name) => `src/inputs/${name}`),
    ],
  ],
  ['client', ['src/ingestion/limiter', 'src/ingestion/token-bucket']],
  ['ingestion', ['src/ingestion/', 'src/sources/']],
];

/** @param {string} module path without extension, such as `src/base/errors` */
export function partOf(module) {
  return rows.find(([, prefixes]) => prefixes.some((prefix) => module.startsWith(prefix)))?.[0] ?? 'client';
}
