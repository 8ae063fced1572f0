import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { DeadlineExceededError } from '../../../../src/base/errors';
import { throwIfFailed } from '../../../../src/operations/outcome';
import type { DownloadedInput } from '../../../../src/resources/download-inputs';
import { type Bench, startBench, passing } from './harness';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downloads-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function picture(): Uint8Array {
  const png = new PNG({ width: 8, height: 8 });
  png.data.fill(200);
  return PNG.sync.write(png);
}

async function benchWithMedia(): Promise<Bench> {
  const bench = await startBench({ storeBytes: true });
  throwIfFailed(
    await bench.clarifai.inputs.add([
      { id: 'a', image: picture() },
      { id: 'b', text: 'a text' },
    ]),
  );
  bench.emulator.advance(60_000);
  return bench;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test('media of inputs are written as they were sent, under their ids, and not twice', async () => {
  await using bench = await benchWithMedia();
  const { inputs } = bench.clarifai;
  const written: DownloadedInput[] = throwIfFailed(await collect(inputs.download(inputs.scan(), folder)));
  expect(written.map(({ id, files }) => [id, files.map(({ kind }) => kind)])).toEqual([
    ['a', ['image']],
    ['b', ['text']],
  ]);
  const [file] = written[0]?.files ?? [];
  expect(readFileSync(file?.file ?? '').equals(picture())).toBe(true);
  expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('a text');
  const before = statSync(file?.file ?? '').mtimeMs;
  throwIfFailed(await collect(inputs.download(inputs.scan(), folder)));
  expect(statSync(file?.file ?? '').mtimeMs).toBe(before);
});

test('what cannot be downloaded is the outcome of its input, and no id leads out of the folder', async () => {
  await using bench = await benchWithMedia();
  const { inputs } = bench.clarifai;
  const real = await inputs.get('a');
  const broken = {
    ...real,
    id: '../../x',
    data: { ...real.data, image: { ...real.data?.image, hosted: undefined, url: `${bench.emulator.base}/none` } },
  };
  const outcomes = await collect(
    inputs.download([broken as typeof real, real, { ...real, id: 'c', data: undefined }], folder),
  );
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, false]);
  expect(existsSync(join(folder, '..', '..', 'x.jpg'))).toBe(false);
});

test('an archive of a dataset version is made, awaited and written', async () => {
  await using bench = await benchWithMedia();
  const { clarifai, emulator } = bench;
  await clarifai.app().datasets.create('all');
  throwIfFailed(await clarifai.dataset('all').add([{ id: 'c', text: 'another' }]));
  emulator.advance(60_000);
  const { versions } = clarifai.dataset('all');
  const { id } = await versions.create();
  await passing(bench, versions.wait(id, { pollMs: 5 }));
  const file = join(folder, 'all.zip');
  await passing(bench, versions.download(id, file, { pollMs: 5 }));
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
});

test('inputs are awaited until they are processed, each with its outcome, and until they are gone', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  const { inputs } = clarifai;
  emulator.url('https://example.com/broken.jpg', 404);
  throwIfFailed(
    await inputs.add([
      { id: 'a', text: 'one' },
      { id: 'b', url: 'https://example.com/broken.jpg' },
    ]),
  );
  const waiting = inputs.waitUntilProcessed(['a', 'b', 'none', 'a'], { pollMs: 5 });
  const outcomes = await passing(bench, waiting);
  expect(outcomes.map(({ index, id, ok }) => [index, id, ok])).toEqual([
    [0, 'a', true],
    [1, 'b', false],
    [2, 'none', false],
    [3, 'a', true],
  ]);
  await inputs.delete(['a']);
  await passing(bench, inputs.waitUntilDeleted(['a'], { pollMs: 5 }));
  await expect(inputs.get('a')).rejects.toThrow('does not exist');
});

test('a wait that is too long says how many were done', async () => {
  await using bench = await startBench();
  const { inputs } = bench.clarifai;
  throwIfFailed(
    await inputs.add([
      { id: 'a', text: 'one' },
      { id: 'b', text: 'two' },
    ]),
  );
  const waiting = inputs.waitUntilProcessed(['a', 'b'], { timeoutMs: 200, pollMs: 5 });
  await expect(waiting).rejects.toThrow(DeadlineExceededError);
  await expect(waiting).rejects.toThrow(
    'Waited 200 ms for 2 inputs to be processed; last seen: 0 processed, 2 under way',
  );
});
