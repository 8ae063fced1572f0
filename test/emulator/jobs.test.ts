import type { BulkOperation } from '../../generated/proto/clarifai/api/resources';
import { SplitIntoDatasets_DatasetSplitMethod } from '../../generated/proto/clarifai/api/resources';
import { createManualClock } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
  const { client, userAppId, emulator } = harness;
  await client.call('PostDatasets', { userAppId, datasets: [{ id: 'd' }] });
  await client.call('PostInputs', {
    userAppId,
    inputs: ['a', 'b'].map((id) => ({
      id,
      data: {
        image: { url: `https://samples.clarifai.com/${id}.jpg` },
        concepts: [{ id: 'old', value: 1 }],
        metadata: { id, keep: true },
        geo: { geoPoint: { longitude: 1, latitude: 2 } },
      },
    })),
  });
  emulator.advance(200);
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

async function start(operation: DeepPartial<BulkOperation>) {
  const request = { userAppId: harness.userAppId, bulkOperations: [operation] };
  return harness.client.call('PostBulkOperations', request);
}

async function get(id: string) {
  return (await harness.client.call('GetBulkOperation', { userAppId: harness.userAppId, id })).bulkOperation;
}

async function input(inputId: string) {
  return (await harness.client.call('GetInput', { userAppId: harness.userAppId, inputId })).input;
}

const all = { query: {} };

it('is pending, then in progress, then done, and changes inputs when it begins', async () => {
  const answer = await start({ search: all, operation: { addConcepts: { concepts: [{ id: 'new', value: 1 }] } } });
  const id = answer.bulkOperation[0]?.id ?? '';
  expect(answer.bulkOperation[0]).toMatchObject({ status: { code: 25402 }, createdBy: 'emulator-user' });
  expect((await input('a'))?.data?.concepts.map((concept) => concept.id)).toEqual(['old']);
  harness.emulator.advance(100);
  expect(await get(id)).toMatchObject({ status: { code: 25403 }, progress: { processed: 2 } });
  expect((await input('a'))?.data?.concepts.map((concept) => concept.id)).toEqual(['old', 'new']);
  harness.emulator.advance(100);
  expect((await get(id))?.status?.code).toBe(25400);
});

it.each<[string, DeepPartial<BulkOperation['operation']>, object]>([
  ['deletes concepts', { deleteConcepts: { concepts: [{ id: 'old' }] } }, { data: { concepts: [] } }],
  [
    'adds metadata',
    { addMetadata: { metadata: { more: 1 } } },
    { data: { metadata: { id: 'a', keep: true, more: 1 } } },
  ],
  ['deletes metadata', { deleteMetadata: { metadata: { id: '' } } }, { data: { metadata: { keep: true } } }],
  [
    'overwrites places',
    { overwriteGeo: { geo: { geoPoint: { longitude: 5, latitude: 6 } } } },
    { data: { geo: { geoPoint: { longitude: 5, latitude: 6 } } } },
  ],
  ['deletes places', { deleteGeo: {} }, { data: { geo: undefined } }],
  ['adds to a dataset', { addToDataset: { datasetId: 'd' } }, { datasetIds: ['d'] }],
])('%s of the inputs it names', async (_, operation, expected) => {
  const before = await input('b');
  await start({ inputIds: { inputIds: ['a', 'unknown'] }, operation });
  harness.emulator.advance(200);
  expect(await input('a')).toMatchObject(expected);
  expect(await input('b')).toEqual(before);
});

it('takes inputs out of the dataset that it goes through', async () => {
  const { client, userAppId, emulator } = harness;
  const datasetInputs = [{ input: { id: 'a' } }];
  await client.call('PostDatasetInputs', { userAppId, datasetId: 'd', datasetInputs });
  await start({ dataset: { id: 'd' }, operation: { deleteFromDataset: { datasetId: 'd' } } });
  emulator.advance(200);
  expect((await input('a'))?.datasetIds).toEqual([]);
});

it('does nothing once it is cancelled, unless it has begun', async () => {
  const { client, userAppId, emulator } = harness;
  const { bulkOperation } = await start({ search: all, operation: { deleteGeo: {} } });
  const id = bulkOperation[0]?.id ?? '';
  const cancelled = await client.call('CancelBulkOperations', { userAppId, ids: [id] });
  expect(cancelled.bulkOperation[0]?.status?.code).toBe(25405);
  emulator.advance(200);
  expect((await input('a'))?.data?.geo).toBeDefined();
  expect((await client.call('ListBulkOperations', { userAppId })).bulkOperation).toHaveLength(1);
  await client.call('DeleteBulkOperations', { userAppId, ids: [id] });
  expect(await get(id)).toBeUndefined();
});

it('needs exactly one operation, on datasets that are there', async () => {
  expect((await start({ search: all })).status?.code).toBe(25404);
  const operation = { addToDataset: { datasetId: 'unknown' } };
  expect((await start({ search: all, operation })).status?.code).toBe(11101);
  const none = await harness.client.call('PostBulkOperations', { userAppId: harness.userAppId });
  expect(none.status?.code).toBe(25404);
});

it('cancels a job that adds inputs, as long as it is not over', async () => {
  const { client, userAppId, emulator } = harness;
  const post = async (id: string) =>
    client.call('PostInputs', { userAppId, inputsAddJobId: id, inputs: [{ data: { text: { raw: id } } }] });
  const cancel = async (id: string) =>
    (await client.call('CancelInputsAddJob', { userAppId, id })).inputsAddJob?.status?.code;
  await post('one');
  emulator.advance(200);
  await post('two');
  expect(await cancel('one')).toBe(64002);
  expect(await cancel('two')).toBe(64004);
  expect((await client.call('CancelInputsAddJob', { userAppId, id: 'unknown' })).status?.code).toBe(11101);
});

describe('a split into datasets', () => {
  const split = (...percentages: [string, number][]) => ({
    splitIntoDatasets: {
      method: SplitIntoDatasets_DatasetSplitMethod.RANDOM_PERCENTAGE_SPLIT,
      datasetSplits: percentages.map(([id, percentage]) => ({ dataset: { id }, percentage })),
    },
  });

  it('gives each dataset its share of the inputs, and no input to two', async () => {
    const { client, userAppId, emulator } = harness;
    await client.call('PostDatasets', { userAppId, datasets: [{ id: 'test' }, { id: 'more' }] });
    await client.call('PostInputs', {
      userAppId,
      inputs: Array.from({ length: 18 }, (_, at) => ({ id: `n${at}`, data: { text: { raw: 'x' } } })),
    });
    await start({ search: all, operation: split(['d', 70], ['test', 20]) });
    emulator.advance(200);
    const { inputs } = await client.call('ListInputs', { userAppId });
    const count = (id: string) => inputs.filter(({ datasetIds }) => datasetIds.includes(id)).length;
    expect([count('d'), count('test')]).toEqual([14, 4]);
    expect(inputs.filter(({ datasetIds }) => datasetIds.length > 1)).toEqual([]);
  });

  it.each<[string, DeepPartial<BulkOperation['operation']>, number]>([
    ['more than all', split(['d', 70], ['d', 40]), 25404],
    ['nothing', split(['d', 0]), 25404],
    ['no dataset', split(), 25404],
    ['a dataset that is not there', split(['unknown', 10]), 11101],
    ['no method', { splitIntoDatasets: { datasetSplits: [{ dataset: { id: 'd' }, percentage: 10 }] } }, 25404],
  ])('is refused for %s', async (_what, operation, code) => {
    expect((await start({ search: all, operation })).status?.code).toBe(code);
  });
});
