import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { pack } from './consumer';
import { Folder } from './folder';

/** Room for growth over what the first release needs; every install downloads this. */
const maxPackedBytes = 700_000;
/** Each costs every program that needs something of it the time to find and read it. */
const maxFiles = 40;

const folder = new Folder();
let tarball: string;
let files: string[];

beforeAll(() => {
  tarball = pack(folder);
  files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
});
afterAll(() => folder.remove());

test('the tarball holds the build, the README and the licence, and nothing from development', () => {
  const outside = files
    .filter((file) => !file.startsWith('package/dist/'))
    .map((file) => file.slice('package/'.length));
  expect(outside.sort()).toEqual(['LICENSE', 'NOTICE', 'README.md', 'package.json']);
  expect(files.filter((file) => file.startsWith('package/dist/') && !/dist\/[a-z-]+\.(js|d\.ts)$/.test(file))).toEqual(
    [],
  );
});

test(`the tarball has at most ${maxPackedBytes} bytes in at most ${maxFiles} files`, () => {
  const { size } = statSync(tarball);
  expect(files.length).toBeLessThanOrEqual(maxFiles);
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
