// The reference, guides included, is made as `npm run docs` makes it, and thrown away: what TypeDoc warns of fails here.
import { join } from 'node:path';
import { Folder, type Run, repositoryRoot } from '../package/folder';

const folder = new Folder();
afterAll(() => folder.remove());

function typedoc(options: string): Promise<Run> {
  const out = join(folder.path, 'api');
  return folder.tool('typedoc/bin/typedoc', ['--options', options, '--out', out, '--logLevel', 'Warn']);
}

test('everything that is public is documented, and every link leads somewhere', async () => {
  expect(await typedoc(join(repositoryRoot, 'typedoc.json'))).toEqual({ status: 0, output: '' });
});

test.each([
  ['a function without a comment', 'export function bare(): void {}', 'does not have any documentation'],
  ['an option without a comment', '/** Options. */\nexport interface Options { bare?: 1 }', 'Options.bare'],
  ['a link to nothing', '/** See {@link Nowhere}. */\nexport const linked = 1;', 'Failed to resolve link to "Nowhere"'],
  [
    'a type that cannot be imported',
    'interface Hidden { a: 1 }\n/** It. */\nexport const it: Hidden = { a: 1 };',
    'Hidden',
  ],
])('%s is refused', async (_what, code, complaint) => {
  const source = folder.write('source.ts', `${code}\n`);
  folder.write('package.json', '{ "name": "sample" }');
  folder.write('tsconfig.json', '{ "compilerOptions": { "strict": true, "types": [] }, "files": ["source.ts"] }');
  const extended = {
    extends: [join(repositoryRoot, 'typedoc.json')],
    entryPoints: [source],
    tsconfig: 'tsconfig.json',
  };
  const options = folder.write(
    'typedoc.json',
    JSON.stringify({ ...extended, intentionallyNotExported: [], projectDocuments: [] }),
  );
  const { status, output } = await typedoc(options);
  expect(output).toContain(complaint);
  expect(status).not.toBe(0);
});
