import type { Input } from '../../generated/proto/clarifai/api/resources';
import { createManualClock } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({
    clock: createManualClock(),
    storeBytes: true,
    lifecycle: { pendingMs: 100, inProgressMs: 100, deleteLagMs: 100 },
  });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const url = (name: string | number) => `https://samples.clarifai.com/${name}.jpg`;
const image = (id: string): DeepPartial<Input> => ({ id, data: { image: { url: url(id) } } });

async function post(
  inputs: readonly DeepPartial<Input>[],
  more: { inputsAddJobId?: string; inputIdConflictResolution?: number } = {},
) {
  return harness.client.call('PostInputs', { userAppId: harness.userAppId, inputs, ...more });
}

async function get(inputId: string) {
  return harness.client.call('GetInput', { userAppId: harness.userAppId, inputId });
}

const codes = (inputs: readonly Input[]) => inputs.map(({ status }) => status?.code);

it('answers added inputs as pending, with what the service says of media it has not seen', async () => {
  const answer = await post([
    image('a'),
    { id: 'b', data: { text: { raw: 'hello' } } },
    { id: 'c', data: { audio: { url: url('c') } } },
    { id: 'd', data: { video: { url: url('d') } } },
    { data: { image: { base64: photograph() } } },
  ]);
  expect(answer.status).toMatchObject({ code: 10000, description: 'Ok', details: 'All inputs successfully added' });
  const [a, b, c, d, e] = answer.inputs;
  expect(a).toMatchObject({
    id: 'a',
    data: { image: { url: url('a'), imageInfo: { format: 'UnknownImageFormat', colorMode: 'UnknownColorMode' } } },
    status: { code: 30001, description: 'Download pending' },
  });
  expect(a?.createdAt).toEqual(a?.modifiedAt);
  expect(b?.data?.text).toMatchObject({ raw: '', textInfo: { encoding: 'UnknownTextEnc' } });
  expect(b?.data?.text?.url).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/orig\/users\/emulator-user\/apps\/emulator-app\/inputs\/text\/b$/,
  );
  expect(c?.data?.audio?.audioInfo?.audioFormat).toBe('UnknownAudioFormat');
  expect(d?.data?.video?.videoInfo?.videoFormat).toBe('UnknownVideoFormat');
  expect(e?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(e?.data?.image?.base64).toHaveLength(0);
  expect(e?.data?.image?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/orig\//);
  expect(answer.inputsAddJob).toBeUndefined();
});

it('processes inputs in the documented order of states, and finds out about images', async () => {
  await post([{ id: 'photo', data: { image: { base64: photograph() } } }]);
  expect((await get('photo')).input?.status?.code).toBe(30001);
  harness.emulator.advance(100);
  expect((await get('photo')).input?.status?.code).toBe(30003);
  harness.emulator.advance(100);
  const { input } = await get('photo');
  expect(input?.status).toMatchObject({ code: 30000, description: 'Download complete' });
  expect(input?.data?.image?.imageInfo).toMatchObject({ format: 'JPEG', width: 512, height: 384 });
});

it('fails an input in processing, not in the answer, when its URL or bytes are bad', async () => {
  const answer = await post([
    { id: 'missing', data: { image: { url: 'https://example.com/non-existing.jpg' } } },
    { id: 'noise', data: { image: { base64: new Uint8Array(64) } } },
  ]);
  expect(answer.status?.code).toBe(10000);
  expect(codes(answer.inputs)).toEqual([30001, 30001]);
  harness.emulator.advance(200);
  expect((await get('missing')).input?.status).toMatchObject({
    code: 30002,
    details: '404 Client Error: Not Found for url: https://example.com/non-existing.jpg',
  });
  expect((await get('noise')).input?.status?.code).toBe(30002);
});

it('rejects an id that is taken and accepts the others', async () => {
  await post([image('a')]);
  const answer = await post([
    image('b'),
    { ...image('a'), data: { text: { raw: 'other' } } },
    { id: 'b', data: { text: { raw: 'again' } } },
  ]);
  expect(answer.status?.code).toBe(10010);
  expect(codes(answer.inputs)).toEqual([30001, 30100, 30100]);
  expect(answer.inputs[1]?.status?.details).toBe('Input has a duplicate ID.');
  const again = await post([image('a')]);
  expect(again.status?.code).toBe(10020);
});

it('gives an id that is taken a suffix when asked to', async () => {
  await post([{ id: 'a', data: { text: { raw: 'one' } } }]);
  const answer = await post([{ id: 'a', data: { text: { raw: 'two' } } }], { inputIdConflictResolution: 2 });
  expect(answer.inputs[0]?.id).toBe('a-1');
});

it('rejects a URL that the app has already, unless the input allows it', async () => {
  await post([image('a')]);
  const again = await post([{ id: 'b', data: { image: { url: url('a') } } }]);
  expect(again.status?.code).toBe(10020);
  expect(again.inputs[0]?.status).toMatchObject({
    code: 30100,
    description: 'Duplicate URL in your application. Check the documentation to allow duplications.',
  });
  const within = await post([1, 2].map((n) => ({ id: `same-${n}`, data: { image: { url: url('same') } } })));
  expect(codes(within.inputs)).toEqual([30001, 30100]);
  const allowed = await post([{ id: 'c', data: { image: { url: url('a'), allowDuplicateUrl: true } } }]);
  expect(codes(allowed.inputs)).toEqual([30001]);
});

it('takes a URL again once the input that had it is gone', async () => {
  await post([image('a')]);
  await harness.client.call('DeleteInput', { userAppId: harness.userAppId, inputId: 'a' });
  harness.emulator.advance(100);
  expect(codes((await post([image('a')])).inputs)).toEqual([30001]);
});

it.each([
  ['an id with a slash', { id: 'a/b', data: { text: { raw: 'x' } } }, 30104],
  ['no data', { id: 'a' }, 30104],
  ['data without media', { id: 'a', data: { concepts: [{ id: 'cat' }] } }, 30104],
  ['an image with neither URL nor bytes', { id: 'a', data: { image: {} } }, 30104],
  ['a URL that is none', { id: 'a', data: { image: { url: 'http://' } } }, 30106],
  ['a dataset that does not exist', { id: 'a', data: { text: { raw: 'x' } }, datasetIds: ['nowhere'] }, 30104],
  [
    'an image of 20 MiB and a byte',
    { id: 'a', data: { image: { base64: new Uint8Array(20 * 1024 * 1024 + 1) } } },
    30105,
  ],
])('rejects an input with %s', async (_, input, code) => {
  const answer = await post([input]);
  expect(answer.status?.code).toBe(10020);
  expect(codes(answer.inputs)).toEqual([code]);
  expect((await harness.client.call('ListInputs', { userAppId: harness.userAppId })).inputs).toEqual([]);
});

it.each([
  ['no inputs', []],
  ['129 inputs', Array.from({ length: 129 }, (_, n) => image(`i${n}`))],
  ['two videos', [1, 2].map((n) => ({ data: { video: { url: url(n) } } }))],
])('refuses a request with %s as a whole', async (_, inputs) => {
  const answer = await post(inputs);
  expect(answer.status?.code).toBe(39999);
  expect(answer.inputs).toEqual([]);
  expect((await harness.client.call('GetInputCount', { userAppId: harness.userAppId })).counts?.toProcess).toBe(0);
});

it('counts what becomes of the inputs of a job', async () => {
  const first = await post([image('a'), { id: 'x', data: { image: { url: 'https://host.invalid/x.jpg' } } }], {
    inputsAddJobId: 'job',
  });
  expect(first.inputsAddJob).toMatchObject({
    id: 'job',
    status: { code: 64000, description: 'Job is queued to be ran.' },
  });
  const job = async () => {
    const { inputsAddJob } = await harness.client.call('GetInputsAddJob', { userAppId: harness.userAppId, id: 'job' });
    const { pendingCount, inProgressCount, successCount, failedCount } = inputsAddJob?.progress ?? {};
    return [pendingCount, inProgressCount, successCount, failedCount, inputsAddJob?.status?.code].map(Number);
  };
  expect(await job()).toEqual([2, 0, 0, 0, 64000]);
  harness.emulator.advance(100);
  await post([image('b')], { inputsAddJobId: 'job' });
  expect(await job()).toEqual([1, 2, 0, 0, 64001]);
  harness.emulator.advance(100);
  expect(await job()).toEqual([0, 1, 1, 1, 64001]);
  harness.emulator.advance(100);
  expect(await job()).toEqual([0, 0, 2, 1, 64002]);
  const { inputsAddJobs } = await harness.client.call('ListInputsAddJobs', { userAppId: harness.userAppId });
  expect(inputsAddJobs.map(({ id }) => id)).toEqual(['job']);
  const { counts } = await harness.client.call('GetInputCount', { userAppId: harness.userAppId });
  expect(counts).toMatchObject({ processed: 2, errors: 1, toProcess: 0, processing: 0 });
});

it('keeps the bytes of inputs only when asked to', async () => {
  await post([{ id: 'a', data: { image: { base64: photograph() } } }]);
  expect(harness.emulator.inputBytes('a')).toEqual(Uint8Array.from(photograph()));
  await using without = await startHarness();
  await without.client.call('PostInputs', {
    userAppId: without.userAppId,
    inputs: [{ id: 'a', data: { image: { base64: photograph() } } }],
  });
  expect(without.emulator.inputBytes('a')).toBeUndefined();
});
