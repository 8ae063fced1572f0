import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { IngestionOutcome } from '../../../src/ingestion/outcome';
import type { Source } from '../../../src/ingestion/source';
import { fromCsv } from '../../../src/sources/from-csv';
import { fromFolder } from '../../../src/sources/from-folder';
import { fromJsonLines } from '../../../src/sources/from-json-lines';
import { fromZip } from '../../../src/sources/from-zip';
import { photograph } from '../harness';

let emulator: Emulator;
let clarifai: Clarifai;
const quick = { retry: { baseDelayMs: 1, throttledDelayMs: 1 }, requestsPerSecond: null };
const photo = photograph();

beforeEach(async () => {
  emulator = await startEmulator();
  clarifai = new Clarifai(emulator.clientOptions);
});

afterEach(async () => {
  emulator.assertNoPending();
  await clarifai.close();
  await emulator.close();
});

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sources-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function inputsOnServer(): Promise<readonly { readonly id: string; readonly kind: string }[]> {
  const { inputs } = await clarifai.rpc.ListInputs({
    userAppId: { userId: emulator.userId, appId: emulator.appId },
    perPage: 1000,
  });
  return inputs.map(({ id, data }) => ({
    id,
    kind: data?.image ? 'image' : data?.video ? 'video' : data?.audio ? 'audio' : 'text',
  }));
}

async function outcomesOf(source: Source): Promise<IngestionOutcome[]> {
  const outcomes: IngestionOutcome[] = [];
  for await (const outcome of clarifai.ingest(source, { ...quick, ordered: true })) outcomes.push(outcome);
  return outcomes;
}

test('a folder is loaded with its pictures and texts; loaded again, nothing is added', async () => {
  const folder = folderOf({
    'cats/1.jpg': photo,
    'cats/1.1.jpg': photo,
    'cats/notes.txt': 'about cats',
    'dogs/1.jpg': photo,
    'dogs/broken.jpg': 'no picture',
  });
  const first = await outcomesOf(fromFolder(folder, { labels: true }));
  expect(first.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'rejected']);
  const kept = await inputsOnServer();
  expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(first.slice(0, 4).map(({ id }) => id)));
  expect(kept.map(({ kind }) => kind).sort()).toEqual(['image', 'image', 'image', 'text']);

  const again = await outcomesOf(fromFolder(folder, { labels: true }));
  expect(again.map(({ kind }) => kind).slice(0, 4)).toEqual(Array(4).fill('already-existed'));
  expect(await inputsOnServer()).toHaveLength(4);
});

test('the rows of CSV and JSON Lines files are loaded, and those that cannot be are told of', async () => {
  const folder = folderOf({
    'rows.csv': 'inputid,file_path,concepts,metadata,geopoints\na,1.jpg,cat|dog,"{""n"":1}","10,20"\nb/c,1.jpg,,,\nc\n',
    'rows.jsonl': '{"id":"d","text":"hello"}\n{"id":"e",}\n',
    '1.jpg': photo,
  });
  const rows = await outcomesOf(fromCsv(join(folder, 'rows.csv')));
  expect(rows.map(({ kind }) => kind)).toEqual(['accepted', 'rejected', 'rejected']);
  expect(rows[1]).toMatchObject({
    index: 1,
    error: { message: expect.stringMatching(/line 3, column `inputid`/) as unknown },
  });
  const lines = await outcomesOf(fromJsonLines(join(folder, 'rows.jsonl')));
  expect(lines.map(({ kind }) => kind)).toEqual(['accepted', 'rejected']);
  const { input } = await clarifai.rpc.GetInput({
    userAppId: { userId: emulator.userId, appId: emulator.appId },
    inputId: 'a',
  });
  expect(input?.data).toMatchObject({
    concepts: [
      { id: 'cat', value: 1 },
      { id: 'dog', value: 1 },
    ],
    metadata: { n: 1 },
    geo: { geoPoint: { longitude: 10, latitude: 20 } },
  });
});

test('an archive is loaded as the folder it was made of', async () => {
  const zip = new (jest.requireActual<{
    ZipFile: new () => { outputStream: Readable; addBuffer(bytes: Uint8Array, name: string): void; end(): void };
  }>('yazl').ZipFile)();
  zip.addBuffer(photo, 'cats/1.jpg');
  zip.addBuffer(Buffer.from('about cats'), 'cats/notes.txt');
  zip.end();
  const path = join(folderOf({}), 'cats.zip');
  await once(zip.outputStream.pipe(createWriteStream(path)), 'close');
  const packed = await outcomesOf(fromZip(path));
  expect(packed.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
  const folder = folderOf({ 'cats/1.jpg': photo, 'cats/notes.txt': 'about cats' });
  const unpacked = await outcomesOf(fromFolder(folder));
  expect(unpacked.map(({ kind, id }) => [kind, id])).toEqual(packed.map(({ id }) => ['already-existed', id]));
});

test('a run that is resumed goes on in the file where the one before it stopped', async () => {
  const rows = [...Array(600).keys()].map((row) => `row-${row},text ${row}`);
  const folder = folderOf({ 'rows.csv': ['inputid,raw', ...rows].join('\n') });
  const options = { ...quick, resume: join(folder, 'journal') };
  const first = clarifai.ingest(fromCsv(join(folder, 'rows.csv')), { ...options, budgetItems: 128, concurrency: 1 });
  for await (const { index } of first) if (index === 200) void first.close('drain');
  const second = await clarifai.ingest(fromCsv(join(folder, 'rows.csv')), options).done;
  const { read, accepted } = first.progress;
  expect(accepted).toBe(read);
  expect(read).toBeLessThan(600);
  expect(second).toMatchObject({ read: 600 - read, accepted: 600 - read, alreadyExisted: 0 });
  expect(new Set((await inputsOnServer()).map(({ id }) => id)).size).toBe(600);
});

test('a stream of inputs in object mode is a source', async () => {
  const inputs = Readable.from(['https://a.b/1.jpg', 'https://a.b/2.jpg']);
  expect(await clarifai.ingest(inputs, quick).done).toMatchObject({ read: 2, accepted: 2 });
});

test('an error that a source gives in place of an input is a failed prediction, and the others go through', async () => {
  const outcomes = await clarifai.postModelOutputs({
    model: 'https://clarifai.com/clarifai/main/models/general-image-recognition',
    inputs: [photo, new Error('the camera was off')],
  });
  expect(outcomes).toMatchObject([{ ok: true }, { ok: false, error: { cause: { message: 'the camera was off' } } }]);
});
