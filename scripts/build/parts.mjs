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
 * The first row that fits counts; what none fits is core.
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
  ['cli', ['src/cli/']],
  ['codecs', ['generated/codec/core']],
  ['codecs-of-resources', ['generated/codec/resources']],
  ['codecs-of-service', ['generated/codec/service']],
  ['enums', ['generated/proto/', 'src/base/situation-of-status-code']],
  ['reflection', ['generated/reflection']],
  [
    'client',
    [
      'src/client',
      'src/operations/',
      'src/inputs/',
      'src/predict/',
      'src/ingestion/limiter',
      'src/ingestion/token-bucket',
    ],
  ],
  ['ingestion', ['src/ingestion/', 'src/sources/']],
  ['resources', ['src/resources/', 'src/downloads/', 'src/runner/']],
];

/** @param {string} module path without extension, such as `src/base/errors` */
export function partOf(module) {
  return rows.find(([, prefixes]) => prefixes.some((prefix) => module.startsWith(prefix)))?.[0] ?? 'core';
}
