import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FileOptions } from '../../../src/sources/file-options';
import { fromZip } from '../../../src/sources/from-zip';
import { expectToResumeAnywhere, inputsOf, readAll } from './read-all';

interface ZipWriter {
  readonly outputStream: Readable;
  addBuffer(bytes: Uint8Array, name: string, options?: { readonly compress: boolean }): void;
  end(): void;
}

const { ZipFile } = jest.requireActual<{ ZipFile: new () => ZipWriter }>('yazl');
const folder = mkdtempSync(join(tmpdir(), 'from-zip-'));
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]);
let archives = 0;

async function zipOf(files: Readonly<Record<string, Uint8Array>>, compress = true): Promise<string> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name, { compress });
  zip.end();
  const path = join(folder, `${archives++}.zip`);
  await once(zip.outputStream.pipe(createWriteStream(path)), 'close');
  return path;
}

/** An archive in which one text was replaced by another of the same length, in all places. */
async function patched(zip: string, from: string, to: string): Promise<string> {
  const bytes = readFileSync(zip);
  for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1)) bytes.write(to, at, 'latin1');
  writeFileSync(zip, bytes);
  return Promise.resolve(zip);
}

const paths = async (zip: string, options?: FileOptions): Promise<unknown[]> =>
  (await readAll(fromZip(zip, options))).map(({ key }) => key);

test('the files of the archive, with keys made of their paths', async () => {
  const zip = await zipOf({ 'cats/tom.jpg': jpeg, 'notes.txt': Buffer.from('grüezi'), 'photo.txt': jpeg });
  expect(await inputsOf(fromZip(zip))).toEqual([{ bytes: jpeg }, { text: 'grüezi' }, { bytes: jpeg }]);
  expect(await paths(zip)).toEqual(['cats/tom.jpg', 'notes.txt', 'photo.txt']);
  expect(await paths(zip, { keyPrefix: 'a/' })).toEqual(['a/cats/tom.jpg', 'a/notes.txt', 'a/photo.txt']);
});

test('hidden files are passed over unless they are wished for, and so is what the filter refuses', async () => {
  const zip = await zipOf({ '__MACOSX/._a.jpg': jpeg, '.b.jpg': jpeg, 'c.jpg': jpeg, 'd.jpg': jpeg });
  expect(await paths(zip)).toEqual(['c.jpg', 'd.jpg']);
  expect(await paths(zip, { hidden: true, filter: (path) => path !== 'd.jpg' })).toHaveLength(3);
});

test('the folder a file lies in may be its concept, and all may join datasets', async () => {
  const zip = await zipOf({ 'cats/tom.jpg': jpeg, 'a.jpg': jpeg });
  expect(await inputsOf(fromZip(zip, { labels: true, datasetIds: ['d'] }))).toEqual([
    { bytes: jpeg, concepts: ['cats'], datasetIds: ['d'] },
    { bytes: jpeg, datasetIds: ['d'] },
  ]);
});

test('a source goes on after any of its files', async () => {
  await expectToResumeAnywhere(
    fromZip(await zipOf({ 'a.jpg': jpeg, '.b': jpeg, 'c/d.jpg': jpeg, 'e.txt': Buffer.from('e') })),
  );
});

describe('a file that cannot be read is a rejected item, and the others go on', () => {
  test.each(['../b.jpg', '/b/c.jpg', 'C:/b.jpg'])('the path %s, which leads out of the archive', async (path) => {
    const zip = await zipOf({ 'a.jpg': jpeg, ['x'.repeat(path.length)]: jpeg, 'c.jpg': jpeg });
    expect(await inputsOf(fromZip(await patched(zip, 'x'.repeat(path.length), path)))).toEqual([
      { bytes: jpeg },
      expect.stringMatching(/\.zip, file ".*b.*": (invalid relative path|absolute path)/),
      { bytes: jpeg },
    ]);
  });

  test('a file of no kind that the service takes', async () => {
    const zip = await zipOf({ 'a.bin': Buffer.from('x'), 'b.jpg': Buffer.from('no picture'), 'c.jpg': jpeg });
    expect(await inputsOf(fromZip(zip))).toEqual([
      expect.stringMatching(/file "a\.bin": its first bytes are of no kind/),
      expect.stringMatching(/file "b\.jpg": its first bytes are of no kind/),
      { bytes: jpeg },
    ]);
  });

  test('damaged bytes', async () => {
    const zip = await zipOf({ 'a.txt': Buffer.from('whole'), 'b.txt': Buffer.from('spoilt') }, false);
    expect(await inputsOf(fromZip(await patched(zip, 'spoilt', 'sp0ilt')))).toEqual([
      { text: 'whole' },
      expect.stringMatching(/file "b\.txt": its checksum is wrong/),
    ]);
  });

  test('a file that unpacks to more than an input may have is not unpacked', async () => {
    const zip = await zipOf({ 'a.jpg': jpeg, 'bomb.jpg': Buffer.alloc(129 * 1024 * 1024), 'c.jpg': jpeg });
    expect(await inputsOf(fromZip(zip))).toEqual([
      { bytes: jpeg },
      expect.stringMatching(/file "bomb\.jpg": it is larger than \d+ bytes/),
      { bytes: jpeg },
    ]);
  });

  test('a file that unpacks to more than its entry says is stopped there', async () => {
    const size = 5_000_000;
    const zip = await zipOf({ 'a.jpg': jpeg, 'liar.jpg': Buffer.alloc(size), 'c.jpg': jpeg });
    const bytes = readFileSync(zip);
    const sizes = Buffer.alloc(4);
    sizes.writeUInt32LE(size);
    // The directory at the end counts, not what stands before the file.
    bytes.writeUInt32LE(10, bytes.lastIndexOf(sizes));
    writeFileSync(zip, bytes);
    expect(await inputsOf(fromZip(zip))).toEqual([
      { bytes: jpeg },
      expect.stringMatching(/file "liar\.jpg": too many bytes/),
      { bytes: jpeg },
    ]);
  });
});

test('a file that is no archive, or is not there, ends the source', async () => {
  const path = join(folder, 'no.zip');
  writeFileSync(path, 'no archive');
  await expect(readAll(fromZip(path))).rejects.toThrow(
    /`file` to be a zip archive that can be read, got `".*no\.zip"`/,
  );
  await expect(readAll(fromZip(join(folder, 'none.zip')))).rejects.toThrow(/to be a zip archive that can be read/);
});

test('a cursor of another source ends it', async () => {
  await expect(readAll(fromZip(await zipOf({ 'a.jpg': jpeg })), 'a.jpg')).rejects.toThrow(/cursor of this source/);
});
