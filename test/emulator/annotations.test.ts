import type { Annotation } from '../../generated/proto/clarifai/api/resources';
import { createManualClock } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
  await harness.client.call('PostInputs', {
    userAppId: harness.userAppId,
    inputs: [
      { id: 'a', data: { image: { url: 'https://samples.clarifai.com/a.jpg' }, concepts: [{ id: 'cat', value: 1 }] } },
      { id: 'b', data: { image: { url: 'https://samples.clarifai.com/b.jpg' } } },
    ],
  });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

type Message = DeepPartial<Annotation>;

const box = (concept: string, topRow = 0.1): Message => ({
  inputId: 'b',
  data: {
    regions: [
      {
        regionInfo: { boundingBox: { topRow, leftCol: 0.2, bottomRow: 0.5, rightCol: 0.6 } },
        data: { concepts: [{ name: concept, value: 1 }] },
      },
    ],
  },
});

async function post(...annotations: Message[]) {
  return harness.client.call('PostAnnotations', { userAppId: harness.userAppId, annotations });
}

async function list(filter: object = {}) {
  const { annotations } = await harness.client.call('ListAnnotations', { userAppId: harness.userAppId, ...filter });
  return annotations.map(({ inputId, id }) => `${inputId}/${id}`);
}

it('adds boxes and polygons, makes their concepts, and says whose they are', async () => {
  const points = [0, 0.5, 1].map((row) => ({ row, col: row * row }));
  const polygon = {
    inputId: 'b',
    id: 'p',
    data: { regions: [{ regionInfo: { polygon: { points } }, data: { concepts: [{ id: 'dog', value: 1 }] } }] },
  };
  const answer = await post(box('train'), polygon);
  expect(answer.status?.code).toBe(10000);
  expect(answer.annotations[0]).toMatchObject({
    inputId: 'b',
    userId: 'emulator-user',
    status: { code: 24150 },
    data: {
      regions: [
        {
          regionInfo: { boundingBox: { topRow: expect.closeTo(0.1), rightCol: expect.closeTo(0.6) } },
          data: { concepts: [{ id: 'train', name: 'train', value: 1, appId: 'emulator-app' }] },
        },
      ],
    },
  });
  expect(answer.annotations[0]?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(answer.annotations[0]?.data?.regions[0]?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(answer.annotations[1]?.data?.regions[0]?.regionInfo?.polygon?.points).toHaveLength(3);
  const { concepts } = await harness.client.call('ListConcepts', { userAppId: harness.userAppId });
  expect(concepts.map(({ id }) => id)).toEqual(['cat', 'train', 'dog']);
});

it('answers the concepts that an input came with as an annotation of the whole input', async () => {
  const { annotations } = await harness.client.call('ListAnnotations', {
    userAppId: harness.userAppId,
    inputIds: ['a'],
  });
  expect(annotations).toMatchObject([
    { inputId: 'a', inputLevel: true, data: { concepts: [{ id: 'cat', value: 1 }] }, status: { code: 24150 } },
  ]);
  await harness.client.call('DeleteAnnotation', {
    userAppId: harness.userAppId,
    inputId: 'a',
    annotationId: annotations[0]?.id ?? '',
  });
  const { input } = await harness.client.call('GetInput', { userAppId: harness.userAppId, inputId: 'a' });
  expect(input?.data?.concepts).toEqual([]);
  expect(await list()).toEqual([]);
});

it('fails single annotations and adds the others', async () => {
  const answer = await post(
    { ...box('x'), id: 'one' },
    { ...box('x'), id: 'one' },
    { ...box('x'), inputId: 'nowhere' },
    box('x', 0.7),
    { inputId: 'b' },
    { inputId: 'b', data: { regions: [{ regionInfo: { polygon: { points: [{ row: 0, col: 0 }] } } }] } },
    { ...box('x'), id: 'a/b' },
  );
  expect(answer.status?.code).toBe(10010);
  expect(answer.annotations.map(({ status }) => status?.code)).toEqual([
    24150, 40010, 24155, 24155, 24155, 24155, 24155,
  ]);
  expect(await list({ inputIds: ['b'] })).toEqual(['b/one']);
  expect((await post({ ...box('x'), inputId: 'nowhere' })).status?.code).toBe(10020);
  expect((await post()).status?.code).toBe(24155);
});

it('lists by input, by id, by user and by status, page by page', async () => {
  await post({ ...box('x'), id: '1' }, { ...box('y'), id: '2', status: { code: 24151 } });
  await post({ ...box('z'), id: '3', userId: 'someone' });
  expect(await list()).toEqual(['a/a', 'b/1', 'b/2', 'b/3']);
  expect(await list({ inputIds: ['b'] })).toEqual(['b/1', 'b/2', 'b/3']);
  expect(await list({ inputIds: ['b', 'a'], ids: ['2', 'a'] })).toEqual(['b/2', 'a/a']);
  expect(await list({ userIds: ['someone'] })).toEqual(['b/3']);
  expect(await list({ statuses: [{ code: 24151 }] })).toEqual(['b/2']);
  expect(await list({ page: 2, perPage: 3 })).toEqual(['b/3']);
  const { workers } = await harness.client.call('ListAnnotationWorkers', { userAppId: harness.userAppId });
  expect(workers.map(({ user }) => user?.id)).toEqual(['emulator-user', 'someone']);
});

it('lists what models said only when asked to', async () => {
  await post({ ...box('x'), id: 'said', modelVersionId: 'v1' });
  expect(await list({ inputIds: ['b'] })).toEqual([]);
  expect(await list({ inputIds: ['b'], listAllAnnotations: true })).toEqual(['b/said']);
  expect(await list({ modelVersionIds: ['v1'] })).toEqual(['b/said']);
});

it('merges, overwrites and removes concepts and regions', async () => {
  const { client, userAppId } = harness;
  const { annotations } = await post(
    { ...box('x'), id: 'r' },
    { inputId: 'b', id: 'c', data: { concepts: [{ id: 'x', value: 1 }] } },
  );
  const patch = async (action: string, annotation: Message, more = {}) => {
    const request = { userAppId, action, annotations: [{ inputId: 'b', ...annotation }], ...more };
    return client.call('PatchAnnotations', request);
  };
  const merged = await patch('merge', { id: 'c', data: { concepts: [{ id: 'y', value: 1 }] } });
  expect(merged.annotations[0]?.data?.concepts.map(({ id }) => id)).toEqual(['x', 'y']);
  const removed = await patch('remove', { id: 'c', data: { concepts: [{ id: 'x' }] } });
  expect(removed.annotations[0]?.data?.concepts.map(({ id }) => id)).toEqual(['y']);
  const regionId = annotations[0]?.data?.regions[0]?.id ?? '';
  const moved = { id: regionId, regionInfo: { boundingBox: { topRow: 0, leftCol: 0, bottomRow: 1, rightCol: 1 } } };
  const changed = await patch('merge', {
    id: 'r',
    data: { regions: [moved, { regionInfo: { point: { row: 0.5 } } }] },
  });
  expect(changed.annotations[0]?.data?.regions).toMatchObject([
    { id: regionId, regionInfo: { boundingBox: { bottomRow: 1 } } },
    {},
  ]);
  const overwritten = await patch('overwrite', { id: 'r', data: box('z').data });
  expect(overwritten.annotations[0]?.data?.regions).toMatchObject([{ data: { concepts: [{ id: 'z' }] } }]);
  await patch('remove', { id: 'c', data: { concepts: [{ id: 'y' }] } }, { deleteIfEmptyData: true });
  expect(await list({ inputIds: ['b'] })).toEqual(['b/r']);
  expect((await patch('replace', { id: 'r', data: {} })).status?.code).toBe(24155);
  expect((await patch('merge', { id: 'nothing', data: {} })).annotations[0]?.status?.code).toBe(11101);
});

it('changes the status of many at once', async () => {
  const { client, userAppId } = harness;
  await post({ ...box('x'), id: '1', taskId: 't' }, { ...box('y'), id: '2' });
  const answer = await client.call('PatchAnnotationsStatus', {
    userAppId,
    taskId: 't',
    action: 'overwrite',
    statusCode: 24157,
  });
  expect(answer).toMatchObject({ userIds: ['emulator-user'], updatedCount: 1 });
  expect(await list({ statuses: [{ code: 24157 }] })).toEqual(['b/1']);
});

it('deletes one, all of some inputs, and those of an input that goes', async () => {
  const { client, userAppId, emulator } = harness;
  await post({ ...box('x'), id: '1' }, { ...box('x'), id: '2' }, { ...box('x'), id: '3' });
  await client.call('DeleteAnnotation', { userAppId, inputId: 'b', annotationId: '1' });
  const gone = await client.call('GetAnnotation', { userAppId, inputId: 'b', annotationId: '1' });
  expect(gone.status?.code).toBe(11101);
  await client.call('DeleteAnnotations', { userAppId, inputIds: ['b'], ids: ['2'] });
  expect(await list({ inputIds: ['b'] })).toEqual(['b/3']);
  expect((await client.call('DeleteAnnotations', { userAppId, ids: ['3'] })).status?.code).toBe(24155);
  await client.call('DeleteInput', { userAppId, inputId: 'b' });
  emulator.advance(100);
  expect(await list()).toEqual(['a/a']);
  await client.call('PostInputs', { userAppId, inputs: [{ id: 'b', data: { text: { raw: 'again' } } }] });
  expect(await list({ inputIds: ['b'] })).toEqual([]);
});
