import type { Input } from '../../generated/proto/clarifai/api/resources';
import { createManualClock } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({
    clock: createManualClock(),
    lifecycle: { pendingMs: 100, inProgressMs: 100, deleteLagMs: 100 },
  });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const url = (name: string | number) => `https://samples.clarifai.com/${name}.jpg`;
const image = (id: string): DeepPartial<Input> => ({ id, data: { image: { url: url(id) } } });

async function post(inputs: readonly DeepPartial<Input>[]) {
  return harness.client.call('PostInputs', { userAppId: harness.userAppId, inputs });
}

async function get(inputId: string) {
  return harness.client.call('GetInput', { userAppId: harness.userAppId, inputId });
}

it('answers an unknown input and an unknown job with "does not exist"', async () => {
  expect((await get('nowhere')).status).toMatchObject({ code: 11101, description: 'Resource does not exist' });
  const job = await harness.client.call('GetInputsAddJob', { userAppId: harness.userAppId, id: 'none' });
  expect(job.status?.code).toBe(11101);
});

it('lists pages from 1, takes page 0 for the first, and answers an empty page past the end', async () => {
  await post(Array.from({ length: 5 }, (_, n) => image(`i${n}`)));
  const page = async (page: number, perPage: number) => {
    const answer = await harness.client.call('ListInputs', { userAppId: harness.userAppId, page, perPage });
    return [answer.status?.code, ...answer.inputs.map(({ id }) => id)];
  };
  expect(await page(1, 2)).toEqual([10000, 'i0', 'i1']);
  expect(await page(0, 2)).toEqual([10000, 'i0', 'i1']);
  expect(await page(3, 2)).toEqual([10000, 'i4']);
  expect(await page(999_999_999, 2)).toEqual([10000]);
  // A negative page arrives as this.
  expect(await page(4_294_967_295, 0)).toEqual([10000]);
  expect(await page(1, 1000)).toHaveLength(6);
  expect(await page(1, 1001)).toEqual([11100]);
});

it('lists by ids and by status', async () => {
  await post([image('a'), image('b'), { id: 'x', data: { image: { url: 'https://host.invalid/x.jpg' } } }]);
  harness.emulator.advance(200);
  const ids = async (filter: object) => {
    const { inputs } = await harness.client.call('ListInputs', { userAppId: harness.userAppId, ...filter });
    return inputs.map(({ id }) => id);
  };
  expect(await ids({ ids: ['b', 'nowhere', 'x'] })).toEqual(['b', 'x']);
  expect(await ids({ status: { code: 30002 } })).toEqual(['x']);
  expect(await ids({ ids: ['a', 'x'], status: { code: 30000 } })).toEqual(['a']);
});

it('streams pages of 20 from the id after the last one', async () => {
  await post(Array.from({ length: 25 }, (_, n) => image(`i${String(n).padStart(2, '0')}`)));
  const page = async (request: object) => {
    const { inputs } = await harness.client.call('StreamInputs', { userAppId: harness.userAppId, ...request });
    return inputs.map(({ id }) => id);
  };
  const first = await page({});
  expect(first).toHaveLength(20);
  expect(await page({ lastId: first.at(-1) })).toEqual(['i20', 'i21', 'i22', 'i23', 'i24']);
  expect(await page({ descending: true, perPage: 2 })).toEqual(['i24', 'i23']);
  expect(await page({ orderById: true, lastId: 'i10', perPage: 2 })).toEqual(['i11', 'i12']);
});

it('merges, overwrites and removes concepts and metadata', async () => {
  await post([
    {
      ...image('a'),
      data: { image: { url: url('a') }, concepts: [{ id: 'cat', value: 1 }], metadata: { split: 'train', zero: 0 } },
    },
  ]);
  const patch = async (action: string, data: DeepPartial<Input>['data']) => {
    const answer = await harness.client.call('PatchInputs', {
      userAppId: harness.userAppId,
      action,
      inputs: [{ id: 'a', data }],
    });
    const stored = answer.inputs[0]?.data;
    return [stored?.concepts.map(({ id, value }) => [id, value]), stored?.metadata, stored?.geo?.geoPoint];
  };
  const geo = { geoPoint: { longitude: 2, latitude: 48 } };
  expect(await patch('merge', { concepts: [{ id: 'dog' }], metadata: { by: 'me' }, geo })).toEqual([
    [
      ['cat', 1],
      ['dog', 0],
    ],
    { split: 'train', zero: 0, by: 'me' },
    geo.geoPoint,
  ]);
  expect((await patch('remove', { concepts: [{ id: 'cat' }] }))[0]).toEqual([['dog', 0]]);
  expect((await patch('overwrite', { concepts: [{ id: 'bird', value: 1 }] }))[0]).toEqual([['bird', 1]]);
  const { input } = await get('a');
  expect(input?.data?.image?.url).toBe(url('a'));
});

it('patches all inputs of a request or none', async () => {
  await post([image('a')]);
  const inputs = ['a', 'nowhere'].map((id) => ({ id, data: { concepts: [{ id: 'cat', value: 1 }] } }));
  const answer = await harness.client.call('PatchInputs', { userAppId: harness.userAppId, action: 'merge', inputs });
  expect(answer.status?.code).toBe(11101);
  expect((await get('a')).input?.data?.concepts).toEqual([]);
  const wrong = await harness.client.call('PatchInputs', {
    userAppId: harness.userAppId,
    action: 'mix',
    inputs: [{ id: 'a' }],
  });
  expect(wrong.status?.code).toBe(30104);
});

it('keeps answering a deleted input for a while, and takes missing ones for deleted', async () => {
  await post([image('a'), image('b')]);
  const deleted = await harness.client.call('DeleteInputs', { userAppId: harness.userAppId, ids: ['a', 'nowhere'] });
  expect(deleted.status?.code).toBe(10000);
  expect((await get('a')).status?.code).toBe(10000);
  harness.emulator.advance(100);
  expect((await get('a')).status?.code).toBe(11101);
  const { inputs } = await harness.client.call('ListInputs', { userAppId: harness.userAppId });
  expect(inputs.map(({ id }) => id)).toEqual(['b']);
});

it('reads a concept without a value as a negative, names it by its id, and adds it to the app', async () => {
  await post([{ id: 'a', data: { image: { url: url('a') }, concepts: [{ id: 'dog' }] } }]);
  const { input } = await get('a');
  expect(input?.data?.concepts[0]).toMatchObject({ id: 'dog', name: 'dog', value: 0 });
  expect(
    (await harness.client.call('GetConcept', { userAppId: harness.userAppId, conceptId: 'dog' })).concept?.id,
  ).toBe('dog');
});

it('keeps the order of adding while most inputs are deleted', async () => {
  for (let n = 0; n < 12; n++) await post(Array.from({ length: 128 }, (_, k) => image(`i${n * 128 + k}`)));
  const ids = Array.from({ length: 1536 }, (_, n) => `i${n}`);
  await harness.client.call('DeleteInputs', { userAppId: harness.userAppId, ids: ids.filter((_, n) => n % 10 !== 0) });
  harness.emulator.advance(100);
  const { inputs } = await harness.client.call('ListInputs', { userAppId: harness.userAppId, perPage: 1000 });
  expect(inputs.map(({ id }) => id)).toEqual(ids.filter((_, n) => n % 10 === 0));
  const after = await harness.client.call('StreamInputs', {
    userAppId: harness.userAppId,
    lastId: 'i1000',
    perPage: 2,
  });
  expect(after.inputs.map(({ id }) => id)).toEqual(['i1010', 'i1020']);
});
