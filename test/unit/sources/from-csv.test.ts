import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidRequestError } from '../../../src/base/errors';
import { type CsvOptions, fromCsv } from '../../../src/sources/from-csv';
import { expectToResumeAnywhere, inputsOf, readAll } from './read-all';

const folder = mkdtempSync(join(tmpdir(), 'from-csv-'));
let files = 0;

function csvFile(content: string | Uint8Array, name = `${files++}.csv`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const inputs = (content: string, options?: CsvOptions): Promise<unknown[]> =>
  inputsOf(fromCsv(csvFile(content), options));

describe('columns', () => {
  test('all of the SDK, with what each may hold', async () => {
    const text = [
      'inputid,input,concepts,metadata,geopoints',
      `a,https://a.b/1.jpg,cat|dog,"{""n"": [1, null]}","151.2,-33.9"`,
      `b,https://a.b/2.jpg,"cat, dog",{'from': 'a dict'},"-10,20"`,
      ',https://a.b/3.mp4,,,',
    ].join('\n');
    expect(await inputs(text, { inputColumn: 'url' })).toEqual([
      {
        id: 'a',
        url: 'https://a.b/1.jpg',
        concepts: ['cat', 'dog'],
        metadata: { n: [1, null] },
        geo: { longitude: 151.2, latitude: -33.9 },
      },
      {
        id: 'b',
        url: 'https://a.b/2.jpg',
        concepts: ['cat', 'dog'],
        metadata: { from: 'a dict' },
        geo: { longitude: -10, latitude: 20 },
      },
      { url: 'https://a.b/3.mp4' },
    ]);
  });

  test('`raw`, `url` and `file_path` say by their name what they hold, row by row', async () => {
    expect(await inputs('raw,url,file_path\nhello,,\n,https://a.b/1.jpg,\n,,photos/1.jpg\n')).toEqual([
      { text: { raw: 'hello' } },
      { url: 'https://a.b/1.jpg' },
      { file: join(folder, 'photos/1.jpg') },
    ]);
  });

  test('an input column holds what the option says', async () => {
    expect(await inputs('input\nhello', { inputColumn: 'raw' })).toEqual([{ text: { raw: 'hello' } }]);
    expect(await inputs('input\na.jpg', { inputColumn: 'file_path' })).toEqual([{ file: join(folder, 'a.jpg') }]);
  });

  test('the kind may be given, the datasets, and the order of geo points', async () => {
    const options: CsvOptions = { kind: 'video', datasetIds: ['d'], geopoints: 'lat,lon' };
    expect(await inputs('url,geopoints\nhttps://a.b/1,"20,-100"', options)).toEqual([
      { video: { url: 'https://a.b/1' }, geo: { latitude: 20, longitude: -100 }, datasetIds: ['d'] },
    ]);
  });

  test('labels are concepts', async () => {
    expect(await inputs('raw,labels\nhello,a')).toEqual([{ text: { raw: 'hello' }, concepts: ['a'] }]);
  });

  test('names are read whatever their case, and after a byte order mark', async () => {
    expect(await inputs('\ufeffInputID, URL\na,https://a.b/1.jpg')).toEqual([{ id: 'a', url: 'https://a.b/1.jpg' }]);
  });
});

describe('the format', () => {
  test('quotes, doubled quotes, line breaks within quotes, CRLF and empty lines', async () => {
    expect(await inputs('inputid,raw\r\na,"x, ""y""\r\nz"\r\n\r\nbü,ü\r\nc,d')).toEqual([
      { id: 'a', text: { raw: 'x, "y"\r\nz' } },
      { id: 'bü', text: { raw: 'ü' } },
      { id: 'c', text: { raw: 'd' } },
    ]);
  });

  test('a .tsv file has tabs, and any delimiter can be given', async () => {
    const tsv = csvFile('inputid\traw\na\tx,y\n', 'rows.tsv');
    expect(await inputsOf(fromCsv(tsv))).toEqual([{ id: 'a', text: { raw: 'x,y' } }]);
    expect(await inputs('inputid;raw\na;x,y\n', { delimiter: ';' })).toEqual([{ id: 'a', text: { raw: 'x,y' } }]);
  });

  test('rows that are larger than what is read at once', async () => {
    const long = 'é'.repeat(400_000);
    const all = Array.from({ length: 5 }, (_, index) => ({ id: `${index}`, text: { raw: `${long}\n${index}` } }));
    const text = all.map(({ id, text: { raw } }) => `${id},"${raw}"`).join('\n');
    expect(await inputs(`inputid,raw\n${text}`)).toEqual(all);
  });
});

describe('a row that cannot be understood is a rejected item that says where, and the others go on', () => {
  test.each<[string, string, RegExp]>([
    ['too few cells', 'a', /line 3: has 1 cells, and the first row 6$/],
    ['too many cells', 'a,,,,,,', /line 3: has 7 cells, and the first row 6$/],
    ['an id that is none', 'a/b,x,,,,', /line 3, column `inputid`: .*to be an id .*`"a\/b"`/],
    ['a URL that is none', 'a,,b.jpg,,,', /line 3, column `url`: .*to be a URL with its scheme.*`"b\.jpg"`/],
    ['no input', 'a,,,,,', /line 3: has no input/],
    ['two inputs', 'a,x,https://a.b/c,,,', /line 3, column `url`: is a second input, beside `raw`/],
    ['text behind a closing quote', 'a,"x"y,,,,', /line 3, column `raw`: has text behind a closing quote/],
    ['a quote that is not closed', 'a,"x,,,,', /line 3: has a quote that is not closed|line 3, column/],
    ['a quote in the middle', 'a,x"y,,,,', /line 3, column `raw`: has a quote in the middle/],
    ['metadata that is no JSON', 'a,x,,,{a,', /line 3, column `metadata`: is not JSON/],
    ['metadata that is no object', 'a,x,,,5,', /line 3, column `metadata`: is not a JSON object/],
    ['one number for a place', 'a,x,,,,5', /line 3, column `geopoints`: is not two numbers, `lon,lat`/],
    ['a place off the earth', 'a,x,,,,"10,95"', /line 3, column `geopoints`: has a latitude beyond 90 degrees/],
    ['no numbers for a place', 'a,x,,,,"a,b"', /line 3, column `geopoints`: is not two numbers|beyond/],
  ])('%s', async (_, row, message) => {
    const file = csvFile(`inputid,raw,url,concepts,metadata,geopoints\n0,x,,,,\n${row}\n1,"y""\nz",,,,\n2,z,,,,\n`);
    const found = await inputsOf(fromCsv(file));
    expect(found).toEqual([
      { id: '0', text: { raw: 'x' } },
      expect.stringMatching(message),
      { id: '1', text: { raw: 'y"\nz' } },
      { id: '2', text: { raw: 'z' } },
    ]);
    expect(found[1]).toContain(file);
    await expectToResumeAnywhere(fromCsv(file));
  });

  test('bytes that are not UTF-8', async () => {
    const file = csvFile(Buffer.from('raw\nx\n\xff\ny\n', 'latin1'));
    expect(await inputsOf(fromCsv(file))).toEqual([
      { text: { raw: 'x' } },
      expect.stringMatching(/line 3: is not UTF-8/),
      { text: { raw: 'y' } },
    ]);
  });

  test('or it ends the source, when so wished', async () => {
    const source = fromCsv(csvFile('raw,concepts\nx,\ny\nz,\n'), { onMalformed: 'stop' });
    await expect(readAll(source)).rejects.toThrow(InvalidRequestError);
    await expect(readAll(source)).rejects.toThrow(/line 3: has 1 cells/);
  });
});

test('a source goes on after any of its rows', async () => {
  await expectToResumeAnywhere(fromCsv(csvFile('\ufeffraw\r\na\r\n\r\n"b\r\nc"\r\nd\r\n"e"\r\nf')));
});

describe('what is wrong from the start', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['a column of another name', 'inputid,url,concept\n', /Unknown name `concept` in `the first row of .*`concepts`/],
    ['a column that stands there twice', 'url,raw,url\n', /line 1, column `url`: stands there twice/],
    ['an input column that nobody explains', 'input\nhello', /line 1, column `input`: may be .* inputColumn: 'url'/],
    ['an empty file', '', /line 1: names no columns/],
    ['UTF-16', Buffer.from('\ufeffurl\n', 'utf16le'), /to be UTF-8, got UTF-16/],
  ])('%s ends the source', async (_, content, message) => {
    await expect(readAll(fromCsv(csvFile(content)))).rejects.toThrow(message);
  });

  test('a missing file ends the source', async () => {
    await expect(readAll(fromCsv(join(folder, 'missing.csv')))).rejects.toThrow(/missing\.csv/);
  });

  test('a cursor of another source ends it', async () => {
    await expect(readAll(fromCsv(csvFile('raw\na')), 'photos/1.jpg')).rejects.toThrow(/cursor of this source/);
  });

  test.each<[string, object, RegExp]>([
    ['inputColumn', { inputColumn: 'uri' }, /`inputColumn` to be one of/],
    ['kind', { kind: 'picture' }, /`kind` to be one of/],
    ['geopoints', { geopoints: 'xy' }, /`geopoints` to be one of/],
    ['datasetIds', { datasetIds: 'a' }, /`datasetIds` to be an array/],
    ['onMalformed', { onMalformed: 'skip' }, /`onMalformed` to be one of/],
    ['delimiter', { delimiter: ', ' }, /`delimiter` to be one character/],
    ['a misspelt one', { inputcolumn: 'url' }, /did you mean `inputColumn`/],
  ])('the option %s is checked at once', (_, options, message) => {
    expect(() => fromCsv('rows.csv', options)).toThrow(message);
  });
});
