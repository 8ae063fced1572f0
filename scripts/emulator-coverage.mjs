// The table of docs/emulator.md: what the emulator makes of each RPC, from its handlers. `--update` writes it
// (`npm run coverage`); without, a difference is printed and exits with 1.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'prettier';
import { compiledRoot, repositoryRoot } from './paths.mjs';

const update = process.argv.includes('--update');
const guide = join(repositoryRoot, 'docs/emulator.md');
const require = createRequire(import.meta.url);
const compiled = (/** @type {string} */ path) => require(join(compiledRoot, path));
const { isImplemented } = compiled('src/emulator/handlers/all-handlers.js');
const { reflection } = compiled('generated/reflection.js');

const heading = '## Coverage';

/** @param {string} name @param {string} kind */
function coverageOf(name, kind) {
  if (isImplemented(name)) return 'implemented';
  return kind === 'bidi' ? 'unimplemented' : 'validated only';
}

function section() {
  const rows = Object.entries(reflection().methods).map(([name, [kind]]) => ({
    name,
    coverage: coverageOf(name, kind),
  }));
  const count = (/** @type {string} */ wanted) => rows.filter(({ coverage }) => coverage === wanted).length;
  return [
    heading,
    '',
    `Of the service's ${rows.length} RPCs, ${count('implemented')} are implemented: they do what they say to the emulator's state.`,
    `${count('validated only')} are validated only: the request is decoded, logged and its credential checked, scripted faults`,
    'happen, and then the answer is gRPC UNIMPLEMENTED with the name of the RPC.',
    `${count('unimplemented')} are unimplemented: they answer the same, and their streams of requests are not read.`,
    '',
    '| RPC | coverage |',
    '| --- | --- |',
    ...rows.map(({ name, coverage }) => `| ${name} | ${coverage} |`),
    '',
  ].join('\n');
}

const before = readFileSync(guide, 'utf8');
const after = await format(before.slice(0, before.indexOf(heading)) + section(), {
  parser: 'markdown',
  printWidth: 120,
  singleQuote: true,
});
if (update) writeFileSync(guide, after);
else if (after !== before) {
  console.error('docs/emulator.md does not tell what the emulator implements: npm run coverage');
  process.exitCode = 1;
}
