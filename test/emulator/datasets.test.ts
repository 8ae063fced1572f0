import type { Input } from '../../generated/proto/clarifai/api/resources';
import { createManualClock } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
  const { client, userAppId } = harness;
  await client.call('PostDatasets', { userAppId, datasets: [{ id: 'd' }, { id: 'other' }] });
  await client.call('PostInputs', {
    userAppId,
    inputs: [image('a', 'cat'), image('b', 'cat'), { id: 't', data: { text: { raw: 'x' } }, datasetIds: ['d'] }],
  });
  harness.emulator.advance(200);
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

function image(id: string, concept: string): DeepPartial<Input> {
  const url = `https://samples.clarifai.com/${id}.jpg`;
  return { id, data: { image: { url }, concepts: [{ id: concept, value: 1 }], metadata: { id } }, datasetIds: ['d'] };
}

async function inputsOf(datasetId: string, more: object = {}) {
  const request = { userAppId: harness.userAppId, datasetId, ...more };
  const { datasetInputs } = await harness.client.call('ListDatasetInputs', request);
  return datasetInputs.map(({ input }) => input?.id);
}

it('lists the inputs of a dataset, adds some and takes some away', async () => {
  const { client, userAppId } = harness;
  expect(await inputsOf('d')).toEqual(['a', 'b', 't']);
  expect(await inputsOf('d', { page: 2, perPage: 2 })).toEqual(['t']);
  const datasetInputs = [{ input: { id: 'a' } }, { input: { id: 't' } }];
  const posted = await client.call('PostDatasetInputs', { userAppId, datasetId: 'other', datasetInputs });
  expect(posted.datasetInputs.map(({ input }) => input?.datasetIds)).toEqual([
    ['d', 'other'],
    ['d', 'other'],
  ]);
  await client.call('DeleteDatasetInputs', { userAppId, datasetId: 'other', inputIds: ['a'] });
  expect(await inputsOf('other')).toEqual(['t']);
  const one = async (inputId: string) =>
    (await client.call('GetDatasetInput', { userAppId, datasetId: 'other', inputId })).status?.code;
  expect(await one('t')).toBe(10000);
  expect(await one('a')).toBe(11101);
});

it('adds what a search finds, as merging two datasets does', async () => {
  const { client, userAppId } = harness;
  const search = { query: { filters: [{ input: { datasetIds: ['d'], data: { image: {} } } }] } };
  await client.call('PostDatasetInputs', { userAppId, datasetId: 'other', search });
  expect(await inputsOf('other')).toEqual(['a', 'b']);
});

it('answers an unknown dataset or input with "does not exist", and needs inputs', async () => {
  const { client, userAppId } = harness;
  expect((await client.call('ListDatasetInputs', { userAppId, datasetId: 'x' })).status?.code).toBe(11101);
  const add = async (datasetInputs: object[]) =>
    (await client.call('PostDatasetInputs', { userAppId, datasetId: 'd', datasetInputs })).status?.code;
  expect(await add([{ input: { id: 'x' } }])).toBe(11101);
  expect(await add([])).toBe(39999);
});

it('patches datasets, and lets inputs outlive them', async () => {
  const { client, userAppId } = harness;
  const patch = async (action: string, metadata: object) => {
    const datasets = [{ id: 'd', description: 'mine', metadata: { ...metadata } }];
    return (await client.call('PatchDatasets', { userAppId, action, datasets })).datasets[0];
  };
  await patch('overwrite', { one: 1 });
  expect(await patch('merge', { two: 2 })).toMatchObject({ description: 'mine', metadata: { one: 1, two: 2 } });
  expect((await patch('overwrite', { three: 3 }))?.metadata).toEqual({ three: 3 });
  await client.call('DeleteDatasets', { userAppId, datasetIds: ['d'] });
  const { input } = await client.call('GetInput', { userAppId, inputId: 'a' });
  expect(input).toMatchObject({ id: 'a', datasetIds: [] });
});

describe('versions', () => {
  async function create(version: object = {}) {
    const request = { userAppId: harness.userAppId, datasetId: 'd', datasetVersions: [version] };
    const answer = await harness.client.call('PostDatasetVersions', request);
    expect(answer.status?.code).toBe(10000);
    return answer.datasetVersions[0];
  }

  async function get(datasetVersionId = 'v') {
    const request = { userAppId: harness.userAppId, datasetId: 'd', datasetVersionId };
    return (await harness.client.call('GetDatasetVersion', request)).datasetVersion;
  }

  it('are pending, then in progress, then ready, with their numbers', async () => {
    const created = await create({ id: 'v', metadata: { from: 'test' } });
    expect(created).toMatchObject({ id: 'v', datasetId: 'd', metadata: { from: 'test' }, status: { code: 64005 } });
    expect(created?.metrics).toEqual({});
    harness.emulator.advance(100);
    expect((await get())?.status?.code).toBe(64010);
    harness.emulator.advance(100);
    const ready = await get();
    expect(ready?.status?.code).toBe(64015);
    expect(Number(ready?.metrics['/']?.inputsCount)).toBe(3);
    expect(Number(ready?.metrics['/']?.unlabeledInputsCount)).toBe(1);
    expect(Number(ready?.metrics['/']?.positiveInputTagsCount)).toBe(2);
  });

  it('hold what was in the dataset when they were made, as their filter lets it through', async () => {
    const { client, userAppId, emulator } = harness;
    const annotation = { data: { concepts: [{ id: 'cat', value: 1 }] } };
    const annotationFilter = { search: { query: { filters: [{ annotation }] } } };
    await create({ id: 'all' });
    await create({ id: 'cats', annotationFilterConfig: { annotationFilter, ignoreEmptyInputs: true } });
    await client.call('DeleteDatasetInputs', { userAppId, datasetId: 'd', inputIds: ['a'] });
    emulator.advance(200);
    expect(Number((await get('all'))?.metrics['/']?.inputsCount)).toBe(3);
    expect(Number((await get('cats'))?.metrics['/']?.inputsCount)).toBe(2);
  });

  it('group their inputs by kind, by concept and by counts', async () => {
    const { client, userAppId, emulator } = harness;
    const regionInfo = { boundingBox: { bottomRow: 0.5, rightCol: 0.5 } };
    const data = { regions: [{ regionInfo, data: { concepts: [{ id: 'dog', value: 1 }] } }] };
    await client.call('PostAnnotations', { userAppId, annotations: [{ inputId: 'b', data }] });
    await create({ id: 'v' });
    const groups = async (filter: object = {}) => {
      const request = { userAppId, datasetId: 'd', datasetVersionId: 'v', ...filter };
      const answer = await client.call('ListDatasetVersionMetricsGroups', request);
      return answer.datasetVersionMetricsGroups.map(({ type, value, metrics }) => [
        type,
        value,
        Number(metrics?.inputsCount),
      ]);
    };
    expect(await groups()).toEqual([]);
    emulator.advance(200);
    expect(await groups({ types: [2] })).toEqual([
      [2, 'images', 2],
      [2, 'text', 1],
    ]);
    expect(await groups({ types: [10] })).toEqual([
      [10, 'cat', 2],
      [10, 'dog', 1],
    ]);
    expect(await groups({ types: [10], values: ['dog'] })).toEqual([[10, 'dog', 1]]);
    expect(await groups({ types: [20] })).toEqual([
      [20, 0, 2],
      [20, 1, 1],
    ]);
  });

  it('are listed, patched and deleted', async () => {
    const { client, userAppId } = harness;
    const { id = '' } = (await create()) ?? {};
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const again = await client.call('PostDatasetVersions', { userAppId, datasetId: 'd', datasetVersions: [{ id }] });
    expect(again.status?.code).toBe(40010);
    const datasetVersions = [{ id, description: 'new' }];
    await client.call('PatchDatasetVersions', { userAppId, datasetId: 'd', action: 'merge', datasetVersions });
    const listed = await client.call('ListDatasetVersions', { userAppId, datasetId: 'd' });
    expect(listed.datasetVersions).toMatchObject([{ id, description: 'new' }]);
    await client.call('DeleteDatasetVersions', { userAppId, datasetId: 'd', datasetVersionIds: [id] });
    expect(await get(id)).toBeUndefined();
  });
});
