import { createManualClock } from '../../src/emulator/index';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
  const { client, userAppId } = harness;
  await client.call('PostModels', { userAppId, models: [{ id: 'm', modelTypeId: 'any-to-any' }] });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const config = (more: object = {}) => ({
  uploadConfig: { userAppId: harness.userAppId, modelId: 'm', totalSize: 25, ...more },
});
const part = (partNumber: number, length: number) => ({
  contentPart: { partNumber, rangeStart: (partNumber - 1) * 10, data: Buffer.alloc(length) },
});

async function upload(...requests: object[]) {
  const answers: unknown[] = [];
  let id = '';
  for await (const answer of harness.client.stream('PostModelVersionsUpload', requests)) {
    const { status, bytesRemaining, modelVersionId } = answer;
    id = modelVersionId || id;
    answers.push([status?.code, status?.percentCompleted, Number(bytesRemaining)]);
  }
  return { answers, id };
}

async function statusOf(versionId: string) {
  const request = { userAppId: harness.userAppId, modelId: 'm', versionId };
  return (await harness.client.call('GetModelVersion', request)).modelVersion?.status?.code;
}

it('takes the parts of a version, and says with each how far it is', async () => {
  const { answers, id } = await upload(config(), part(1, 10), part(2, 10), part(3, 5));
  expect(answers).toEqual([
    [68000, 0, 25],
    [68000, 40, 15],
    [68000, 80, 5],
    [68001, 100, 0],
  ]);
  expect(await statusOf(id)).toBe(21100);
});

it('builds what comes with a Dockerfile', async () => {
  const { answers, id } = await upload(config({ isV3: true }), part(1, 25));
  expect(answers.at(-1)).toEqual([21107, 100, 0]);
  expect(await statusOf(id)).toBe(21107);
  harness.emulator.advance(200);
  expect(await statusOf(id)).toBe(21100);
});

it('goes on with an upload that broke off, and takes a part again', async () => {
  const { id } = await upload(config({ modelVersion: { description: 'mine' } }), part(1, 10));
  expect(await statusOf(id)).toBe(21104);
  const { answers } = await upload(config({ modelVersion: { id } }), part(1, 10), part(2, 15));
  expect(answers).toEqual([
    [68000, 40, 15],
    [68000, 40, 15],
    [68001, 100, 0],
  ]);
  const request = { userAppId: harness.userAppId, modelId: 'm', versionId: id };
  expect((await harness.client.call('GetModelVersion', request)).modelVersion?.description).toBe('mine');
});

it.each([
  ['parts without saying what of', () => [part(1, 10)], 21203],
  ['more than was said', () => [config(), part(1, 26)], 68002],
  ['nothing', () => [config({ totalSize: 0 })], 21202],
  ['a model that there is not', () => [config({ modelId: 'x' })], 21200],
  ['a version with an id that is none', () => [config({ modelVersion: { id: 'a/b' } })], 21202],
] as const)('refuses %s', async (_title, requests, code) => {
  expect((await upload(...requests())).answers.at(-1)).toContain(code);
});
