// npm run sdk-map: writes docs/sdk-map.md, or with --check fails when it is not what would be written. The rows stand in sdk-map/rows.mjs
// and, for the porter's use too, in src/python/port/sdk/sdk-methods.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'prettier';
import { compiledRoot } from './paths.mjs';
import { legacy, sdk } from './sdk-map/rows.mjs';

const root = join(import.meta.dirname, '..');
const target = join(root, 'docs/sdk-map.md');

/** All rows: [method, what it is here, RPCs, [test file, beginning of its title]]. */
export function sdkRows() {
  const { sdkMethods } = createRequire(import.meta.url)(join(compiledRoot, 'src/python/port/sdk/sdk-methods.js'));
  const here = new Map(sdkMethods.map(({ python, here: expression }) => [python, expression]));
  return sdk.map(([method, ...rest]) => [method, here.get(method), ...rest]);
}

export const legacyRows = () => legacy;

function table(rows, prefix) {
  const lines = rows.map(([method, here, rpc, [file, title]]) => {
    const anchor = `${prefix}${method.toLowerCase().replace('.', '')}`;
    const proof = title === '' ? `[${file}](../${file})` : `[${title} …](../${file})`;
    return `| <a id="${anchor}"></a>\`${method}\` | \`${here}\` | ${rpc} | ${proof} |`;
  });
  return ['| Python | here | RPC | test |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

const text = () => `# Clarifai's Python SDK, method by method

What each method of Clarifai's Python SDK, and of its first client, is in this package, which RPC it sends, and which test
shows it. \`clarifai\` is \`new Clarifai(...)\`. Handles such as \`clarifai.app(appId)\` take ids and clarifai.com URLs, and
making them asks nothing of the service; left out, they are those of the client: \`clarifai.app()\`. Lists are async iterables
with \`.pages()\` and \`.toArray()\`. Where a request differs from the SDK's, test/golden/sdk/deviations.ts says why.

This page is written by \`npm run sdk-map\`, and a test keeps it true.

## The SDK (\`clarifai.client\`)

${table(sdkRows(), '')}

## The first client (\`clarifai.rest\`)

${table(legacyRows(), 'rest-')}
`;

if (process.argv[1] === import.meta.filename) {
  const page = await format(text(), { parser: 'markdown', printWidth: 120, singleQuote: true });
  if (!process.argv.includes('--check')) writeFileSync(target, page);
  else if (readFileSync(target, 'utf8') !== page) {
    console.error('docs/sdk-map.md is not what its rows say: npm run sdk-map');
    process.exitCode = 1;
  }
}
