import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { pack } from './consumer';
import { Folder } from './folder';

/** Room for growth over what the first release needs; every install downloads this. */
/** More than the 700 kB that it is to have again: the handles, the sources and the emulator's command line have come since. */
const maxPackedBytes = 900_000;

const folder = new Folder();
let tarball: string;
let files: string[];

beforeAll(() => {
  tarball = pack(folder);
  files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
});
afterAll(() => folder.remove());

test('the tarball holds the build, the README and the licence, and nothing from development', () => {
  const top = new Set(
    files.map((file) =>
      file
        .split('/')
        .slice(1, file.includes('/dist/') ? 3 : 2)
        .join('/'),
    ),
  );
  expect([...top].sort()).toEqual(['LICENSE', 'NOTICE', 'README.md', 'dist/generated', 'dist/src', 'package.json']);
  expect(files.filter((file) => file.startsWith('package/dist/') && !/\.(js|d\.ts)$/.test(file))).toEqual([]);
});

test('every JavaScript file has its types beside it', () => {
  const scripts = files.filter((file) => file.endsWith('.js'));
  expect(scripts.filter((file) => !files.includes(file.replace(/\.js$/, '.d.ts')))).toEqual([]);
});

test(`the tarball has at most ${maxPackedBytes} bytes`, () => {
  const { size } = statSync(tarball);
  console.log(`packed: ${size} bytes, ${files.length} files`);
  expect(size).toBeLessThanOrEqual(maxPackedBytes);
});

test('publint finds nothing to say', async () => {
  expect(await folder.tool('publint/src/cli.js', ['run', tarball, '--strict'])).toMatchObject({
    status: 0,
    output: expect.stringContaining('All good!'),
  });
});

test('the types are right for every way of resolving a module', async () => {
  const run = await folder.tool('@arethetypeswrong/cli/dist/index.js', [
    tarball,
    '--format',
    'ascii',
    '--no-definitely-typed',
  ]);
  expect(run).toMatchObject({ status: 0, output: expect.stringContaining('No problems found') });
});
