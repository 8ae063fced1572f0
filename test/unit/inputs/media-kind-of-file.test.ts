import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mediaKindOfFile } from '../../../src/inputs/media-kind-of-file';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'media-kind-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['photo', '\xff\xd8\xff\xe0 and more than the first bytes', 'image'],
  ['sound.png', 'ID3\x04', 'audio'],
  ['damaged.jpg', 'neither', 'image'],
  ['empty.mp4', '', 'video'],
  ['note.txt', 'Grüße', 'text'],
  ['data.json', '{}', undefined],
])('the first bytes of %s count, then its extension', async (name, contents, kind) => {
  const path = join(folder, name);
  writeFileSync(path, contents, 'latin1');
  expect(await mediaKindOfFile(path)).toBe(kind);
});

test('a file that cannot be read is an error', async () => {
  await expect(mediaKindOfFile(join(folder, 'none'))).rejects.toThrow('ENOENT');
});
