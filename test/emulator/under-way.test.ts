// What runs in the background goes on after a snapshot is restored.
import { createManualClock } from '../../src/emulator/index';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
  const { client, userAppId, emulator } = harness;
  await emulator.seed({
    inputs: ['cat', 'dog'].map((id) => ({
      id,
      data: { text: { raw: `a ${id}` }, concepts: [{ id, value: 1 }] },
    })),
  });
  await client.call('PostModels', { userAppId, models: [{ id: 'm', modelTypeId: 'text-classifier' }] });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

async function train(): Promise<string> {
  const { client, userAppId } = harness;
  const modelVersions = [{ outputInfo: { data: { concepts: [{ id: 'cat' }, { id: 'dog' }] } } }];
  const { model } = await client.call('PostModelVersions', { userAppId, modelId: 'm', modelVersions });
  return model?.modelVersion?.id ?? '';
}

async function versionCode(versionId: string) {
  const { client, userAppId } = harness;
  const { modelVersion } = await client.call('GetModelVersion', { userAppId, modelId: 'm', versionId });
  return modelVersion?.status?.code;
}

/** What is read at once after a restore, when time has moved a little, and in the end, twice over. */
async function twice<T>(read: () => Promise<T>, midwayMs: number): Promise<T[][]> {
  const { emulator } = harness;
  const snapshot = emulator.snapshot();
  const rounds: T[][] = [];
  for (let round = 0; round < 2; round++) {
    const seen = [await read()];
    emulator.advance(midwayMs);
    seen.push(await read());
    emulator.advance(1000);
    seen.push(await read());
    rounds.push(seen);
    emulator.restore(snapshot);
  }
  return rounds;
}

it('a training does, however late', async () => {
  const versionId = await train();
  const rounds = await twice(() => versionCode(versionId), 100);
  expect(rounds).toEqual([
    [21103, 21101, 21100],
    // The snapshot is older than the training takes.
    [21100, 21100, 21100],
  ]);
  const inputs = [{ data: { text: { raw: 'a dog' } } }];
  const { outputs } = await harness.client.call('PostModelOutputs', {
    userAppId: harness.userAppId,
    modelId: 'm',
    inputs,
  });
  expect(outputs[0]?.data?.concepts[0]?.id).toBe('dog');
});

it('a training that was begun with other examples is not mixed up with one of another life', async () => {
  const { client, emulator, userAppId } = harness;
  const snapshot = emulator.snapshot();
  const lost = await train();
  emulator.restore(snapshot);
  emulator.advance(1000);
  expect(await versionCode(lost)).toBeUndefined();
  expect((await client.call('ListModelVersions', { userAppId, modelId: 'm' })).modelVersions).toHaveLength(1);
});

it('an evaluation does', async () => {
  const { client, emulator, userAppId } = harness;
  const modelVersionId = await train();
  emulator.advance(200);
  const request = { userAppId, modelId: 'm', modelVersionId };
  await client.call('PostModelVersionEvaluations', { ...request, evalMetrics: [{ id: 'e' }] });
  const code = async () => {
    const answer = await client.call('GetModelVersionEvaluation', { ...request, evaluationId: 'e' });
    return answer.evalMetrics?.status?.code;
  };
  expect(await twice(code, 100)).toEqual([
    [21303, 21301, 21300],
    [21300, 21300, 21300],
  ]);
});

it('an extraction does, from what was uploaded before', async () => {
  const { client, userAppId } = harness;
  const { inputsAddJobs } = await client.call('PostInputsUploads', {
    userAppId,
    inputsUploads: [{ inputsAddJobId: 'j', upload: { contentName: 'note.txt', contentLength: 4 } }],
  });
  const contentParts = [{ rangeStart: 0, partNumber: 1, data: Buffer.from('word') }];
  const uploadId = inputsAddJobs[0]?.uploads[0]?.id ?? '';
  await client.call('PutUploadContentParts', { userAppId, uploadId, contentParts });
  const state = async () => {
    const { inputsExtractionJobs } = await client.call('ListInputsExtractionJobs', { userAppId });
    const { input } = await client.call('GetInput', { userAppId, inputId: 'note' });
    return [inputsExtractionJobs[0]?.status?.code, input?.id];
  };
  expect(await twice(state, 100)).toEqual([
    [
      [64000, undefined],
      [64001, 'note'],
      [64002, 'note'],
    ],
    [
      [64002, 'note'],
      [64002, 'note'],
      [64002, 'note'],
    ],
  ]);
});

it('a bulk operation does', async () => {
  const { client, userAppId } = harness;
  await client.call('PostBulkOperations', {
    userAppId,
    bulkOperations: [{ id: 'b', inputIds: { inputIds: ['cat'] }, operation: { addMetadata: { metadata: { n: 1 } } } }],
  });
  const state = async () => {
    const { bulkOperation } = await client.call('GetBulkOperation', { userAppId, id: 'b' });
    const { input } = await client.call('GetInput', { userAppId, inputId: 'cat' });
    return [bulkOperation?.status?.code, input?.data?.metadata];
  };
  expect(await twice(state, 100)).toEqual([
    [
      [25402, undefined],
      [25403, { n: 1 }],
      [25400, { n: 1 }],
    ],
    [
      [25400, { n: 1 }],
      [25400, { n: 1 }],
      [25400, { n: 1 }],
    ],
  ]);
});

it('nothing happens any more once the emulator is closed', async () => {
  const timers: (() => void)[] = [];
  const clock = {
    now: () => 0,
    setTimer(callback: () => void) {
      timers.push(callback);
      return { cancel: () => timers.splice(timers.indexOf(callback), 1) };
    },
  };
  await using other = await startHarness({ clock });
  const { client, emulator, userAppId } = other;
  const operation = { inputIds: { inputIds: ['cat'] }, operation: { deleteGeo: {} } };
  await client.call('PostBulkOperations', { userAppId, bulkOperations: [operation] });
  expect(timers).toHaveLength(1);
  await emulator.close();
  expect(timers).toEqual([]);
});

it('an upload takes its next part', async () => {
  const { client, emulator, userAppId } = harness;
  await client.call('PostUploads', { userAppId, uploads: [{ id: 'u', contentName: 'x', contentLength: 4 }] });
  const put = async (rangeStart: number) => {
    const contentParts = [{ rangeStart, partNumber: 1, data: new Uint8Array(2) }];
    const { upload } = await client.call('PutUploadContentParts', { userAppId, uploadId: 'u', contentParts });
    return upload?.status?.percentCompleted;
  };
  expect(await put(0)).toBe(50);
  const snapshot = emulator.snapshot();
  expect(await put(2)).toBe(100);
  emulator.restore(snapshot);
  expect(await put(2)).toBe(100);
});
