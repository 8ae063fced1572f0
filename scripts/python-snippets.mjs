// docs/python-snippets.md: each snippet of Clarifai's documentation in both languages, from test/fixtures/python/seeds and the
// porter in dist. `--update` writes it (`npm run snippets`); without, a difference is printed and exits with 1.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'prettier';
import { repositoryRoot } from './paths.mjs';

const update = process.argv.includes('--update');
const guide = join(repositoryRoot, 'docs/python-snippets.md');
const require = createRequire(import.meta.url);
const { portPythonSnippet } = require(join(repositoryRoot, 'dist/python.js'));

/** Names of the files, and what each does. */
const snippets = [
  ['000-predict-image-url', 'Predict an image by URL'],
  ['000-predict-image-bytes', 'Predict an image by its bytes'],
  ['003-post-inputs-url', 'Upload an input by URL'],
  ['003-post-inputs-bytes', 'Upload an input by its bytes'],
  ['003-post-inputs-multiple-with-ids', 'Upload several inputs with ids'],
  ['003-post-inputs-concept', 'Upload an input with a concept'],
  ['003-post-inputs-multiple-concepts', 'Upload an input with several concepts'],
  ['003-post-inputs-metadata', 'Upload an input with metadata'],
  ['003-post-inputs-data-sources', 'Upload inputs from cloud storage'],
  ['003-get-inputs-extraction-job', 'Track an upload from cloud storage'],
  ['003-list-inputs-extraction-jobs', 'List the uploads from cloud storage'],
  ['003-cancel-inputs-extraction-jobs', 'Cancel an upload from cloud storage'],
  ['003-post-inputs-data-sources-template', 'Upload from cloud storage with concepts and a dataset'],
];

const introduction = `# The documentation's Python snippets in TypeScript

Each gRPC snippet of Clarifai's pages on image prediction and on uploads, and what \`clarifai-grpc port\` makes of it: in the
idiomatic style, and with \`--style python\`. Written by \`npm run snippets\`. [python.md](python.md) has the rules.
`;

/** @param {string} name */
const pythonOf = (name) =>
  readFileSync(join(repositoryRoot, 'test/fixtures/python/seeds', `${name}.py`), 'utf8').trim();

/** @param {string} name @param {string} title */
function section(name, title) {
  const python = pythonOf(name);
  const [idiomatic = '', kept = ''] = ['idiomatic', 'python'].map(
    (style) => portPythonSnippet(`${python}\n`, { style }).code,
  );
  return [
    `## ${title}`,
    '<table>',
    '<tr><th>Python</th><th>TypeScript</th></tr>',
    '<tr><td valign="top">\n',
    fenced('python', python),
    '\n</td><td valign="top">\n',
    fenced('typescript', idiomatic.trim()),
    '\n</td></tr>',
    '</table>\n',
    '<details><summary>With <code>--style python</code></summary>\n',
    fenced('typescript', kept.trim()),
    '\n</details>\n',
  ].join('\n');
}

/** @param {string} language @param {string} code */
const fenced = (language, code) => `\`\`\`${language}\n${code}\n\`\`\``;

const sections = snippets.map(([name = '', title = '']) => section(name, title));
const after = await format([introduction, ...sections].join('\n'), {
  parser: 'markdown',
  printWidth: 120,
  singleQuote: true,
});

if (update) writeFileSync(guide, after);
else if (!existsSync(guide) || readFileSync(guide, 'utf8') !== after) {
  console.error('docs/python-snippets.md does not hold what the porter writes: npm run snippets');
  process.exitCode = 1;
}
