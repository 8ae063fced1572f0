import { NotFoundError } from '../../../../src/base/errors';
import { StatusCode } from '../../../../generated/proto/clarifai/api/status/status_code';
import { throwIfFailed } from '../../../../src/operations/outcome';
import { startBench } from './harness';

const train = 'https://samples.clarifai.com/metro-north.jpg';

async function idsOf(list: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

test('inputs are added, read, counted and deleted', async () => {
  await using bench = await startBench();
  const { inputs } = bench.clarifai;
  throwIfFailed(
    await inputs.add([
      { id: 'a', url: train, metadata: { n: 1 } },
      { id: 'b', text: 'a text' },
    ]),
  );
  expect(await inputs.get('a')).toMatchObject({ id: 'a', data: { image: { url: train }, metadata: { n: 1 } } });
  expect((await inputs.count()).toProcess).toBe(2);
  bench.emulator.advance(10_000);
  expect(await inputs.count()).toMatchObject({ processed: 2, toProcess: 0, errors: 0 });
  await inputs.delete(['a']);
  bench.emulator.advance(10_000);
  await expect(inputs.get('a')).rejects.toThrow(NotFoundError);
  expect(await idsOf(inputs.list())).toEqual(['b']);
});

test('inputs are listed by dataset, by id, by status and by medium', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  const { inputs } = clarifai;
  await clarifai.app().datasets.create('trains');
  await inputs.add([
    { id: 'a', url: train, datasetIds: ['trains'] },
    { id: 'b', text: 'a text', datasetIds: ['trains'] },
    { id: 'c', text: 'another' },
  ]);
  expect((await idsOf(inputs.list({ datasetId: 'trains' }))).sort()).toEqual(['a', 'b']);
  expect(await idsOf(inputs.list({ datasetId: 'trains', kind: 'text' }))).toEqual(['b']);
  expect((await idsOf(inputs.list({ kind: 'text' }))).sort()).toEqual(['b', 'c']);
  expect((await idsOf(inputs.list({ ids: ['a', 'c'] }))).sort()).toEqual(['a', 'c']);
  expect(await idsOf(inputs.list({ statusCode: StatusCode.INPUT_SUCCESS }))).toEqual([]);
  emulator.advance(10_000);
  expect(await idsOf(inputs.list({ statusCode: StatusCode.INPUT_SUCCESS }))).toHaveLength(3);
  const inTrains = { datasetId: 'trains', statusCode: StatusCode.INPUT_SUCCESS };
  expect(await idsOf(inputs.list({ ...inTrains, ids: ['b', 'c'] }))).toEqual(['b']);
  expect(await idsOf(inputs.list({ ...inTrains, statusCode: StatusCode.INPUT_FAILED }))).toEqual([]);
});

test('a scan reads every input once, going on after the last one of each page', async () => {
  await using bench = await startBench();
  const { inputs } = bench.clarifai;
  const ids = Array.from({ length: 25 }, (_, index) => `input-${String(index).padStart(2, '0')}`);
  throwIfFailed(await inputs.add(ids.map((id) => ({ id, url: train, allowDuplicateUrl: true }))));
  expect(await idsOf(inputs.scan({ pageSize: 10 }))).toEqual(ids);
  const asked = bench.emulator.requests({ method: 'StreamInputs' }).map(({ request }) => request?.lastId);
  expect(asked).toEqual(['', 'input-09', 'input-19', 'input-24']);
});

test('a patch adds labels, replaces them or takes them out', async () => {
  await using bench = await startBench();
  const { inputs } = bench.clarifai;
  await inputs.add([{ id: 'a', url: train, concepts: ['train'], metadata: { a: 1 } }]);
  const conceptsNow = async (): Promise<readonly string[]> =>
    ((await inputs.get('a')).data?.concepts ?? []).map(({ id, value }) => `${id}=${value}`).sort();
  throwIfFailed(await inputs.patch([{ id: 'a', concepts: [{ id: 'night', value: 0 }], metadata: { b: 2 } }]));
  expect(await conceptsNow()).toEqual(['night=0', 'train=1']);
  expect((await inputs.get('a')).data?.metadata).toEqual({ a: 1, b: 2 });
  throwIfFailed(await inputs.patch([{ id: 'a', concepts: ['train'] }], { action: 'remove' }));
  expect(await conceptsNow()).toEqual(['night=0']);
  throwIfFailed(await inputs.patch([{ id: 'a', concepts: ['station'] }], { action: 'overwrite' }));
  expect(await conceptsNow()).toEqual(['station=1']);
});

test.each([
  [{ id: 'a/b' }, 'Expected `inputs[0].id` to be an id, which holds no slash, got `"a/b"` (string)'],
  [{ id: 'a', url: train }, 'Unknown name `url` in `inputs[0]`'],
  [{ id: 'a', geo: { latitude: 91, longitude: 0 } }, 'Expected `inputs[0].geo.latitude` to be a number from -90 to 90'],
])('the patch %j is refused without a request', async (patch, message) => {
  await using bench = await startBench();
  await expect(bench.clarifai.inputs.patch([patch])).rejects.toThrow(message);
  expect(bench.emulator.requests()).toHaveLength(0);
});

test('an app is emptied of inputs and models only when it is named', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  const { inputs } = clarifai;
  const { models } = clarifai.app();
  throwIfFailed(await inputs.add(Array.from({ length: 150 }, (_, index) => ({ text: `text ${index}` }))));
  await models.create('mine');
  await expect(inputs.deleteAll({ confirm: 'another-app' })).rejects.toThrow(
    'Expected `confirm` to be the id of the app',
  );
  expect(await inputs.deleteAll({ confirm: emulator.appId })).toBe(150);
  expect(await models.deleteAll({ confirm: emulator.appId })).toBe(1);
  emulator.advance(60_000);
  expect(await inputs.list().toArray()).toEqual([]);
  expect(await models.list().toArray()).toEqual([]);
});
