import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toInput } from '../../../src/inputs/to-input';
import type { FileOptions } from '../../../src/sources/file-options';
import { fromFolder } from '../../../src/sources/from-folder';
import { expectToResumeAnywhere, inputsOf, readAll } from './read-all';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]);

/** A new folder with these files. */
function folderOf(...paths: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'from-folder-'));
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), jpeg);
  }
  return folder;
}

const paths = async (folder: string, options?: FileOptions, after?: string): Promise<unknown[]> =>
  (await readAll(fromFolder(folder, options), after)).map(({ cursor }) => cursor);

test('all files below the folder, sorted by name folder by folder', async () => {
  const folder = folderOf('b.jpg', 'a/z.jpg', 'a/b/c.jpg', 'a.jpg', 'Z.jpg', 'é.jpg', 'c/d.jpg');
  expect(await paths(folder)).toEqual(['Z.jpg', 'a/b/c.jpg', 'a/z.jpg', 'a.jpg', 'b.jpg', 'c/d.jpg', 'é.jpg']);
  expect(await inputsOf(fromFolder(folder, { filter: (path) => path === 'a.jpg' }))).toEqual([
    { file: join(folder, 'a.jpg') },
  ]);
});

test('a file is what its first bytes say; its extension counts for texts alone', async () => {
  const folder = folderOf('photo.txt');
  writeFileSync(join(folder, 'notes.txt'), 'grüezi');
  writeFileSync(join(folder, 'broken.jpg'), 'no picture');
  writeFileSync(join(folder, 'data.bin'), Buffer.from([1, 2, 3]));
  const kinds: Record<string, string> = {};
  for (const { input, cursor } of await readAll(fromFolder(folder))) {
    const built = await Promise.resolve()
      .then(() => toInput(input, 'inputs[0]'))
      .catch((error: unknown) => error as Error);
    kinds[cursor ?? ''] = built instanceof Error ? 'refused' : Object.keys(built.message.data ?? {}).join();
  }
  expect(kinds).toEqual({ 'photo.txt': 'image', 'notes.txt': 'text', 'broken.jpg': 'refused', 'data.bin': 'refused' });
});

test('hidden files and folders are passed over unless they are wished for', async () => {
  const folder = folderOf('.DS_Store', '.git/x.jpg', 'a/.b.jpg', 'a/c.jpg');
  expect(await paths(folder)).toEqual(['a/c.jpg']);
  expect(await paths(folder, { hidden: true })).toEqual(['.DS_Store', '.git/x.jpg', 'a/.b.jpg', 'a/c.jpg']);
});

test('the folder a file lies in may be its concept, and all may join datasets', async () => {
  const folder = folderOf('cats/tom.jpg');
  expect(await inputsOf(fromFolder(folder, { labels: true, datasetIds: ['d'] }))).toEqual([
    { file: join(folder, 'cats/tom.jpg'), concepts: ['cats'], datasetIds: ['d'] },
  ]);
});

test('keys are the relative paths, behind the prefix', async () => {
  const folder = folderOf('a.1.jpg', 'a/1.jpg');
  const keys = async (options?: FileOptions): Promise<unknown[]> =>
    (await readAll(fromFolder(folder, options))).map(({ key }) => key);
  expect(await keys()).toEqual(['a/1.jpg', 'a.1.jpg']);
  expect(await keys({ keyPrefix: 'trip/' })).toEqual(['trip/a/1.jpg', 'trip/a.1.jpg']);
});

test('links are followed, but not in circles', async () => {
  const folder = folderOf('a/1.jpg', 'b/2.jpg');
  const other = folderOf('3.jpg');
  symlinkSync('..', join(folder, 'a/up'));
  symlinkSync('../b', join(folder, 'a/b'));
  symlinkSync('../a', join(folder, 'b/a'));
  symlinkSync('self', join(folder, 'self'));
  symlinkSync(other, join(folder, 'other'));
  symlinkSync(join(other, '3.jpg'), join(folder, 'three.jpg'));
  expect(await paths(folder)).toEqual([
    'a/1.jpg',
    'a/b/2.jpg',
    'b/2.jpg',
    'b/a/1.jpg',
    'other/3.jpg',
    'self',
    'three.jpg',
  ]);
  await expectToResumeAnywhere(fromFolder(folder));
});

test('what cannot be read is a rejected item, and the others go on', async () => {
  const folder = folderOf('a.jpg', 'z.jpg');
  symlinkSync('nowhere', join(folder, 'link.jpg'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  expect(await inputsOf(fromFolder(folder))).toEqual([
    { file: join(folder, 'a.jpg') },
    expect.stringMatching(/to be a file that can be read, got `".*link\.jpg"`/),
    expect.stringMatching(/to be a file, and no pipe, socket or device, got `".*pipe"`/),
    { file: join(folder, 'z.jpg') },
  ]);
  await expectToResumeAnywhere(fromFolder(folder));
});

test('a folder that vanishes before its turn is a rejected item', async () => {
  const folder = folderOf('a.jpg', 'b/1.jpg', 'c.jpg');
  const items: unknown[] = [];
  for await (const { cursor, input } of fromFolder(folder).read({
    after: undefined,
    signal: new AbortController().signal,
  })) {
    // The names have been listed by now.
    if (cursor === 'a.jpg') rmSync(join(folder, 'b'), { recursive: true });
    items.push(input instanceof Error ? input.message : cursor);
  }
  expect(items).toEqual(['a.jpg', expect.stringMatching(/to be a file that can be read, got `".*b"`/), 'c.jpg']);
});

describe('a source goes on after any of its files', () => {
  test('as the folder was', async () => {
    await expectToResumeAnywhere(
      fromFolder(folderOf('a/b/1.jpg', 'a/b/2.jpg', 'a/b.jpg', 'a/c.jpg', 'a.jpg', 'b.jpg')),
    );
  });

  test('when the file is gone, or a folder in its place', async () => {
    const folder = folderOf('a/1.jpg', 'a/3.jpg', 'c/5.jpg');
    expect(await paths(folder, {}, 'a/2.jpg')).toEqual(['a/3.jpg', 'c/5.jpg']);
    expect(await paths(folder, {}, 'b/9.jpg')).toEqual(['c/5.jpg']);
    expect(await paths(folder, {}, 'c')).toEqual(['c/5.jpg']);
    expect(await paths(folder, {}, 'a/1.jpg/x')).toEqual(['a/1.jpg', 'a/3.jpg', 'c/5.jpg']);
  });
});

test('a folder that is not there ends the source', async () => {
  await expect(readAll(fromFolder('/nowhere/at/all'))).rejects.toThrow(
    /`folder` to be a folder that can be read, got `"\/nowhere\/at\/all"`/,
  );
});

test.each<[string, object, RegExp]>([
  ['filter', { filter: 'a' }, /`filter` to be a function/],
  ['hidden', { hidden: 1 }, /`hidden` to be a boolean/],
  ['labels', { labels: 'a' }, /`labels` to be a boolean/],
  ['datasetIds', { datasetIds: [''] }, /`datasetIds\[0\]` to be a non-empty string/],
  ['keyPrefix', { keyPrefix: 1 }, /`keyPrefix` to be a string/],
  ['a misspelt one', { label: true }, /did you mean `labels`/],
])('the option %s is checked at once', (_, options, message) => {
  expect(() => fromFolder('photos', options)).toThrow(message);
});
