import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidRequestError, NotFoundError } from '../../../../src/base/errors';
import { StatusCode } from '../../../../generated/proto/clarifai/api/status/status_code';
import { fromJsonLines } from '../../../../src/sources/from-json-lines';
import { throwIfFailed } from '../../../../src/operations/outcome';
import { type Bench, startBench, passing } from './harness';

const train = 'https://samples.clarifai.com/metro-north.jpg';

async function benchWithDatasets(): Promise<Bench> {
  const bench = await startBench({ storeBytes: true });
  const { datasets } = bench.clarifai.app();
  await datasets.create('trains');
  await datasets.create('old');
  return bench;
}

async function idsIn({ clarifai }: Bench, datasetId: string): Promise<string[]> {
  const inputs = await clarifai.dataset(datasetId).listInputs().toArray();
  return inputs.map(({ input }) => input?.id ?? '').sort();
}

test('inputs that are added to a dataset join it, besides those that they name themselves', async () => {
  await using bench = await benchWithDatasets();
  const dataset = bench.clarifai.dataset('trains');
  throwIfFailed(
    await dataset.add([
      { id: 'a', url: train, datasetIds: ['old'] },
      { id: 'b', text: 'two' },
    ]),
  );
  const run = dataset.ingest(
    (async function* () {
      yield { id: 'c', text: 'three' };
    })(),
  );
  expect((await run.done).accepted).toBe(1);
  expect(await idsIn(bench, 'trains')).toEqual(['a', 'b', 'c']);
  expect(await idsIn(bench, 'old')).toEqual(['a']);
});

test('a file of rows is a source for a dataset', async () => {
  await using bench = await benchWithDatasets();
  const folder = mkdtempSync(join(tmpdir(), 'datasets-'));
  try {
    const file = join(folder, 'rows.jsonl');
    writeFileSync(file, '{"inputid":"r1","input":"one"}\n{"inputid":"r2","input":"two"}\n');
    const source = fromJsonLines(file, { kind: 'text', inputColumn: 'raw' });
    expect((await bench.clarifai.dataset('trains').ingest(source).done).accepted).toBe(2);
    expect(await idsIn(bench, 'trains')).toEqual(['r1', 'r2']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is no source of inputs is refused', async () => {
  await using bench = await benchWithDatasets();
  const dataset = bench.clarifai.dataset('trains');
  expect(() => dataset.ingest(5 as unknown as [])).toThrow(InvalidRequestError);
  const outcomes = await dataset.add([{ id: 'a', url: 'no url' }, new Error('no such row'), { id: 'b', text: 'two' }]);
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, false, true]);
});

test('a dataset takes over the inputs of another, and lets inputs go', async () => {
  await using bench = await benchWithDatasets();
  throwIfFailed(
    await bench.clarifai.dataset('old').add([
      { id: 'a', text: 'one' },
      { id: 'b', text: 'two' },
    ]),
  );
  const dataset = bench.clarifai.dataset('trains');
  await dataset.merge('old');
  bench.emulator.advance(60_000);
  expect(await idsIn(bench, 'trains')).toEqual(['a', 'b']);
  await dataset.remove(['a']);
  bench.emulator.advance(60_000);
  expect(await idsIn(bench, 'trains')).toEqual(['b']);
  expect((await bench.clarifai.inputs.get('a')).id).toBe('a');
});

test('a version is made, awaited, counted, exported and deleted', async () => {
  await using bench = await benchWithDatasets();
  const dataset = bench.clarifai.dataset('trains');
  throwIfFailed(await dataset.add([{ id: 'a', text: 'one', concepts: ['short'] }]));
  bench.emulator.advance(60_000);
  const { id } = await dataset.versions.create({ description: 'first', metadata: { by: 'me' } });
  const ready = await passing(bench, dataset.versions.wait(id, { pollMs: 5 }));
  expect(ready).toMatchObject({ id, description: 'first', status: { code: StatusCode.DATASET_VERSION_READY } });
  expect((await dataset.versions.list().toArray()).map((version) => version.id)).toEqual([id]);
  expect((await dataset.versions.listMetrics(id).toArray()).length).toBeGreaterThan(0);
  const archive = await passing(bench, dataset.versions.export(id, { pollMs: 5 }));
  expect(archive.url).toMatch(/^http/);
  expect(archive.size).toBeGreaterThan(0);
  await dataset.versions.delete([id]);
  bench.emulator.advance(60_000);
  await expect(dataset.versions.get(id)).rejects.toThrow(NotFoundError);
});

test('the version that was made to count is deleted when counting fails, and when it is given up', async () => {
  await using bench = await benchWithDatasets();
  const { clarifai, emulator } = bench;
  const dataset = clarifai.dataset('trains');
  const failure = { status: StatusCode.CONN_KEY_NOT_FOUND };
  emulator.script('GetDatasetVersion', [failure]);
  emulator.script('DeleteDatasetVersions', [failure]);
  await expect(dataset.count()).rejects.toMatchObject({ method: 'GetDatasetVersion' });
  const aborting = new AbortController();
  const reason = new Error('enough');
  const options = { signal: aborting.signal, metadata: { 'x-from': 'caller' }, pollMs: 5 };
  await expect(dataset.count({ ...options, onPoll: () => aborting.abort(reason) })).rejects.toBe(reason);
  const deleted = emulator.requests({ method: 'DeleteDatasetVersions' });
  expect(deleted.map(({ metadata, statusCode }) => [metadata['x-from'], statusCode])).toEqual([
    [undefined, StatusCode.CONN_KEY_NOT_FOUND],
    ['caller', StatusCode.SUCCESS],
  ]);
});
