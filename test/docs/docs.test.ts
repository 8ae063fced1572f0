// Every code block of README.md and docs/*.md is run. How to write one:
// - ```ts is a whole ES module: it is type-checked against the built package by its name, then run by Node in a folder that
//   holds photo.jpg and the folder photos, with CLARIFAI_PAT, CLARIFAI_API_BASE, CLARIFAI_USER_ID and CLARIFAI_APP_ID set to an emulator of its own.
// - ```ts jest is a test file, type-checked likewise and run by Jest; ```js is run as it is.
// - ```bash holds npm commands of this repository (`npm run demo` is run), comments, `git clone`, `cd` and `export`.
// - ```bash run is what a reader types, line by line, in that folder: it is run in one shell, and must succeed.
// - ```json must parse; ```text is output and nothing else. Other languages are refused, so that no block escapes.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../package/folder';
import { codeBlocks } from './code-blocks';
import { Workshop } from './workshop';

const all = existsSync(join(repositoryRoot, 'docs')) ? readdirSync(join(repositoryRoot, 'docs')) : [];
// test/unit/port/python-snippets.test.ts holds that one to the porter.
const guides = all.filter((name) => name !== 'python-snippets.md');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...guides.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];
const blocks = documents.flatMap((name) => codeBlocks(name, readFileSync(join(repositoryRoot, name), 'utf8')));
const inLanguage = (...languages: string[]): [string, (typeof blocks)[number]][] =>
  blocks.filter(({ language }) => languages.includes(language)).map((block) => [block.place, block]);

const workshop = new Workshop();
let complaints: ReadonlyMap<string, string>;
beforeAll(async () => {
  complaints = await workshop.compile(inLanguage('ts').map(([, block]) => block));
});
afterAll(() => workshop.close());

test('README.md shows code, and every block is in a language that a test knows', () => {
  const known = ['ts', 'js', 'bash', 'sh', 'json', 'text'];
  expect(blocks.filter(({ language }) => !known.includes(language)).map(({ place }) => place)).toEqual([]);
  expect(inLanguage('ts')).not.toEqual([]);
});

test.each(inLanguage('ts'))('%s compiles and runs', async (place, block) => {
  expect(complaints.get(place)).toBe('');
  const run = await workshop.run(block);
  expect(run.status === 0 ? '' : run.output).toBe('');
});

for (const [place, block] of inLanguage('js')) {
  test(`${place} runs`, async () => {
    const run = await workshop.run(block);
    expect(run.status === 0 ? '' : run.output).toBe('');
  });
}

for (const [place, block] of inLanguage('bash', 'sh')) {
  if (block.note === 'run') {
    test(`${place} runs`, async () => {
      const { status, output } = await workshop.session(block);
      expect(status === 0 ? '' : output).toBe('');
      const [, report] = /--html (\S+)/.exec(block.code) ?? [];
      if (report !== undefined) expect(workshop.read(report)).toMatch(/^<!doctype html>[^]*<img /i);
    });
    continue;
  }
  test(`${place} names commands that exist`, () => {
    expect(workshop.complaints(block)).toEqual([]);
  });
}

for (const [place, { code }] of inLanguage('json')) {
  test(`${place} is JSON`, () => {
    expect(() => JSON.parse(code) as unknown).not.toThrow();
  });
}

test('`npm run demo` tells what it did', () => {
  expect(workshop.demo()).toMatch(/1,?000/);
});
