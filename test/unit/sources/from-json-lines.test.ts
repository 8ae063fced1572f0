import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromJsonLines } from '../../../src/sources/from-json-lines';
import type { RowOptions } from '../../../src/sources/row';
import { expectToResumeAnywhere, inputsOf, readAll } from './read-all';

const folder = mkdtempSync(join(tmpdir(), 'from-json-lines-'));
let files = 0;

function jsonLines(...lines: readonly unknown[]): string {
  const path = join(folder, `${files++}.jsonl`);
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
}

const inputs = (lines: readonly unknown[], options?: RowOptions): Promise<unknown[]> =>
  inputsOf(fromJsonLines(jsonLines(...lines), options));

test('a line is an input as the client takes it; paths are seen from the file', async () => {
  const full = {
    id: 'a',
    text: 'hello',
    concepts: [{ id: 'cat', value: 0 }],
    metadata: { n: 1 },
    geo: { latitude: 1, longitude: 2 },
    datasetIds: ['d'],
  };
  expect(await inputs([full, { url: 'https://a.b/1.jpg' }, { file: '1.jpg' }, { image: { file: '2.jpg' } }])).toEqual([
    full,
    { url: 'https://a.b/1.jpg' },
    { file: join(folder, '1.jpg') },
    { image: { file: join(folder, '2.jpg') } },
  ]);
});

test('or it has the columns of a CSV file, as text or as JSON', async () => {
  const rows = [
    { inputid: 'a', input: 'hello', concepts: ['cat'], metadata: { n: 1 }, geopoints: [10, 20] },
    { inputid: 'b', raw: 'hello', labels: 'cat|dog', metadata: '{"n":1}', geopoints: '10,20' },
    { file_path: '1.jpg' },
  ];
  const labels = { metadata: { n: 1 }, geo: { longitude: 10, latitude: 20 } };
  expect(await inputs(rows, { inputColumn: 'raw' })).toEqual([
    { id: 'a', text: { raw: 'hello' }, concepts: ['cat'], ...labels },
    { id: 'b', text: { raw: 'hello' }, concepts: ['cat', 'dog'], ...labels },
    { file: join(folder, '1.jpg') },
  ]);
});

test('a line that cannot be understood is a rejected item that says where, and the others go on', async () => {
  const file = jsonLines(
    { raw: 'x' },
    '{"raw": "a", }',
    '{"raw": ',
    '[1]',
    { raw: 'a', metdata: {} },
    { id: 5, raw: 'a' },
    { input: 'a' },
    { concepts: ['a'] },
    { raw: 'a', text: 'b' },
    '',
    { raw: 'y' },
  );
  const found = await inputsOf(fromJsonLines(file));
  expect(found).toEqual([
    { text: { raw: 'x' } },
    expect.stringMatching(/line 2, column 14: is not JSON/),
    expect.stringMatching(/line 3, column 8: is not JSON/),
    expect.stringMatching(/line 4: is not a JSON object/),
    expect.stringMatching(/line 5: .*did you mean `metadata`/),
    expect.stringMatching(/line 6, column `inputid`: .*a non-empty string, got `5`/),
    expect.stringMatching(/line 7, column `input`: may be a text, a URL or a path/),
    expect.stringMatching(/line 8: has no input/),
    expect.stringMatching(/line 9, column `text`: is a second input/),
    { text: { raw: 'y' } },
  ]);
  await expectToResumeAnywhere(fromJsonLines(file));
  await expect(readAll(fromJsonLines(file, { onMalformed: 'stop' }))).rejects.toThrow(/line 2, column 14/);
});

test('lines of any length, with either line end', async () => {
  const rows = Array.from({ length: 4 }, (_, index) => ({ id: `${index}`, url: `https://a.b/${'é'.repeat(400_000)}` }));
  const path = join(folder, 'long.jsonl');
  writeFileSync(path, rows.map((row) => JSON.stringify(row)).join('\r\n'));
  expect(await inputsOf(fromJsonLines(path))).toEqual(rows);
  await expectToResumeAnywhere(fromJsonLines(path));
});

test('a line that is too long to be an input is passed over, and not kept in memory', async () => {
  const path = join(folder, 'too-long.jsonl');
  writeFileSync(path, Buffer.concat([Buffer.alloc(65 * 1024 * 1024, 'x'), Buffer.from('\n{"raw":"y"}\n')]));
  expect(await inputsOf(fromJsonLines(path))).toEqual([
    expect.stringMatching(/line 1: is longer than 67108864 bytes/),
    { text: { raw: 'y' } },
  ]);
});

test('a missing file ends the source', async () => {
  await expect(readAll(fromJsonLines(join(folder, 'no')))).rejects.toThrow(/`file` to be a file that can be read/);
});
