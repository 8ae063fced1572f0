import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { repositoryRoot } from '../package/folder';
import { anchorsIn, linksIn } from './links';

const folders = [
  '',
  'docs',
  'proto',
  'generated',
  ...readdirSync(join(repositoryRoot, 'src')).map((name) => `src/${name}`),
];
const documents = folders
  .filter((folder) => statSync(join(repositoryRoot, folder)).isDirectory())
  .flatMap((folder) => readdirSync(join(repositoryRoot, folder)).map((name) => join(folder, name)))
  .filter((name) => name.endsWith('.md'));
const textOf = (file: string): string => readFileSync(file, 'utf8');

/** What is wrong with a link; nothing for one that leads somewhere, or out of the repository. */
function faultOf(document: string, link: string): string | undefined {
  if (/^[a-z]+:/i.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(repositoryRoot, document) : resolve(repositoryRoot, dirname(document), path);
  if (relative(repositoryRoot, target).startsWith('..') || !existsSync(target)) return `${link}: there is no such file`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchorsIn(textOf(target)).has(anchor) ? undefined : `${link}: there is no such heading`;
}

test.each(documents)('every link in %s leads somewhere', (document) => {
  const faults = linksIn(textOf(join(repositoryRoot, document))).map((link) => faultOf(document, link));
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test('every guide is in the list of guides', () => {
  const listed = linksIn(textOf(join(repositoryRoot, 'docs/README.md')));
  const guides = readdirSync(join(repositoryRoot, 'docs')).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
  expect(guides.filter((name) => !listed.includes(name))).toEqual([]);
});

test('a link is told with its anchor, and code holds none', () => {
  const text = ['[a](b.md#c) and [d](#e)', '```ts', 'array[0](x)', '```', '`[f](g)`'].join('\n');
  expect(linksIn(text)).toEqual(['b.md#c', '#e']);
});

test('headings have the anchors that GitHub gives them', () => {
  const text = ['# The `Clarifai` client: one', '## Again', '## Again', '<a id="own"></a>'].join('\n');
  expect([...anchorsIn(text)]).toEqual(['the-clarifai-client-one', 'again', 'again-1', 'own']);
});
