import type { Input, ModelVersion } from '../../generated/proto/clarifai/api/resources';
import { createManualClock } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
  const { client, userAppId, emulator } = harness;
  await client.call('PostDatasets', { userAppId, datasets: [{ id: 'train' }] });
  await client.call('PostInputs', {
    userAppId,
    inputs: [
      image('dog-1', [{ id: 'dog', value: 1 }]),
      image('dog-2', [
        { id: 'dog', value: 1 },
        { id: 'cat', value: 0 },
      ]),
      image('cat-1', [{ id: 'cat', value: 1 }]),
    ],
  });
  await client.call('PostDatasetInputs', {
    userAppId,
    datasetId: 'train',
    datasetInputs: [{ input: { id: 'dog-1' } }],
  });
  emulator.advance(200);
  await client.call('PostModels', { userAppId, models: [{ id: 'mine', modelTypeId: 'visual-classifier' }] });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const url = (name: string) => `https://samples.clarifai.com/${name}.jpg`;

function image(id: string, concepts: readonly { id: string; value: number }[]): DeepPartial<Input> {
  return { id, data: { image: { url: url(id) }, concepts } };
}

const knowing = (...ids: string[]) => ({ outputInfo: { data: { concepts: ids.map((id) => ({ id })) } } });

async function train(version: DeepPartial<ModelVersion> = knowing('dog', 'cat'), modelId = 'mine') {
  const request = { userAppId: harness.userAppId, modelId, modelVersions: [version] };
  return harness.client.call('PostModelVersions', request);
}

async function version(versionId: string) {
  const request = { userAppId: harness.userAppId, modelId: 'mine', versionId };
  return (await harness.client.call('GetModelVersion', request)).modelVersion;
}

async function trained(versionMessage?: DeepPartial<ModelVersion>) {
  const { model } = await train(versionMessage);
  harness.emulator.advance(200);
  return model?.modelVersion?.id ?? '';
}

async function predict(name: string, versionId = '') {
  const answer = await harness.client.call('PostModelOutputs', {
    userAppId: harness.userAppId,
    modelId: 'mine',
    versionId,
    inputs: [{ data: { image: { url: url(name) } } }],
  });
  return { code: answer.status?.code, concepts: answer.outputs[0]?.data?.concepts ?? [] };
}

it('lists the inputs that a version learns from', async () => {
  const { client, userAppId } = harness;
  const catVersion = await trained(knowing('cat'));
  await trained();
  const list = async (more: object) => {
    const { status, inputs } = await client.call('ListModelInputs', { userAppId, modelId: 'mine', ...more });
    return status?.code === 10000 ? inputs.map(({ id }) => id) : status?.code;
  };
  expect(await list({})).toEqual(['dog-1', 'dog-2', 'cat-1']);
  expect(await list({ versionId: catVersion })).toEqual(['dog-2', 'cat-1']);
  expect(await list({ page: 2, perPage: 2 })).toEqual(['cat-1']);
  expect(await list({ modelId: 'unknown' })).toBe(21200);
});

it('queues, trains and finishes a version, which then knows its examples again', async () => {
  const posted = await train();
  expect(posted.status?.code).toBe(10000);
  expect(posted.model).toMatchObject({ id: 'mine', modelVersion: { status: { code: 21103 } } });
  const id = posted.model?.modelVersion?.id ?? '';
  expect((await predict('dog-1')).code).toBe(21102);
  harness.emulator.advance(100);
  expect((await version(id))?.status?.code).toBe(21101);
  harness.emulator.advance(100);
  expect(await version(id)).toMatchObject({
    status: { code: 21100, description: 'Model is trained and ready for deployment' },
    activeConceptCount: 2,
    totalInputCount: 3,
    metrics: { status: { code: 21302 } },
  });
  for (const name of ['dog', 'cat']) {
    const { concepts } = await predict(`${name}-1`, id);
    expect(concepts).toMatchObject([{ id: name, appId: 'emulator-app' }, {}]);
    expect(concepts[0]?.value).toBeGreaterThan(0.7);
    expect(concepts[1]?.value).toBeLessThan(0.3);
  }
});

it('gives a concept without examples no chance, and learns from annotations, too', async () => {
  const { client, userAppId } = harness;
  const unknown = await trained(knowing('dog', 'bird'));
  const { concepts } = await predict('dog-1', unknown);
  expect(concepts.map(({ id }) => id)).toEqual(['dog', 'bird']);
  expect(concepts[1]?.value).toBe(0);
  const annotations = [{ inputId: 'cat-1', data: { concepts: [{ id: 'bird', value: 1 }] } }];
  await client.call('PostAnnotations', { userAppId, annotations });
  const known = await trained(knowing('dog', 'bird'));
  expect((await predict('cat-1', known)).concepts[0]?.id).toBe('bird');
});

it('learns from one dataset when told to', async () => {
  const id = await trained({ ...knowing('dog'), trainInfo: { params: { dataset_id: 'train' } } });
  expect((await version(id))?.totalInputCount).toBe(1);
});

it('refuses to train without concepts, and fails without data', async () => {
  expect((await train({})).status?.code).toBe(21202);
  expect((await version(await trained(knowing('unheard-of'))))?.status?.code).toBe(21110);
  expect((await train(knowing('dog'), 'nowhere')).status?.code).toBe(21200);
});

it('predicts with the latest trained version unless told which', async () => {
  const first = await trained(knowing('dog'));
  const second = await trained(knowing('cat'));
  await train(knowing('dog', 'cat'));
  expect((await predict('dog-1')).concepts.map(({ id }) => id)).toEqual(['cat']);
  expect((await predict('dog-1', first)).concepts.map(({ id }) => id)).toEqual(['dog']);
  const { client, userAppId } = harness;
  await client.call('DeleteModelVersion', { userAppId, modelId: 'mine', versionId: second });
  expect((await predict('dog-1')).concepts.map(({ id }) => id)).toEqual(['dog']);
  expect((await predict('dog-1', second)).code).toBe(21200);
});

it('patches models and versions', async () => {
  const { client, userAppId } = harness;
  const patched = await client.call('PatchModels', {
    userAppId,
    action: 'overwrite',
    models: [{ id: 'mine', name: 'new' }],
  });
  expect(patched.models[0]).toMatchObject({ id: 'mine', name: 'new', modelTypeId: 'visual-classifier' });
  const id = await trained();
  const modelVersions = [{ id, description: 'best so far', status: { code: 21102 } }];
  await client.call('PatchModelVersions', { userAppId, modelId: 'mine', action: 'merge', modelVersions });
  expect(await version(id)).toMatchObject({ description: 'best so far', status: { code: 21100 } });
  await client.call('DeleteModels', { userAppId, ids: ['mine'] });
  expect((await client.call('GetModel', { userAppId, modelId: 'mine' })).status?.code).toBe(21200);
});

it('evaluates a version, state by state, with numbers that are counted', async () => {
  const { client, userAppId, emulator } = harness;
  const id = await trained();
  const scope = { userAppId, modelId: 'mine', versionId: id };
  const started = await client.call('PostModelVersionMetrics', scope);
  expect(started.modelVersion?.metrics?.status?.code).toBe(21303);
  emulator.advance(100);
  expect((await version(id))?.metrics?.status?.code).toBe(21301);
  emulator.advance(100);
  const fields = { confusionMatrix: true, labelCounts: true, binaryMetrics: true };
  const { modelVersion } = await client.call('GetModelVersionMetrics', { ...scope, fields });
  expect(modelVersion?.metrics).toMatchObject({
    status: { code: 21300 },
    summary: { top1Accuracy: 1, macroAvgRocAuc: 1 },
    binaryMetrics: [
      { numPos: 2, numNeg: 1, numTot: 3 },
      { numPos: 1, numNeg: 2, numTot: 3 },
    ],
    labelCounts: {
      positiveLabelCounts: [
        { conceptName: 'dog', count: 2 },
        { conceptName: 'cat', count: 1 },
      ],
    },
    confusionMatrix: { conceptIds: ['dog', 'cat'] },
  });
});

it('keeps evaluations by their ids', async () => {
  const { client, userAppId, emulator } = harness;
  const id = await trained();
  const model = { id: 'mine', modelVersion: { id } };
  const posted = await client.call('PostEvaluations', {
    userAppId,
    evalMetrics: [{ id: 'eval', model, groundTruthDataset: { id: 'train' } }],
  });
  expect(posted.evalMetrics).toMatchObject([{ id: 'eval', status: { code: 21303 } }]);
  emulator.advance(200);
  const { evalMetrics } = await client.call('GetEvaluation', {
    userAppId,
    evaluationId: 'eval',
    fields: { binaryMetrics: true },
  });
  expect(evalMetrics).toMatchObject({ status: { code: 21300 }, binaryMetrics: [{ numTot: 1 }, { numTot: 1 }] });
  const listed = await client.call('ListModelVersionEvaluations', { userAppId, modelId: 'mine', modelVersionId: id });
  expect(listed.evalMetrics.map((one) => one.id)).toEqual(['eval']);
  expect((await client.call('ListEvaluations', { userAppId })).evalMetrics).toHaveLength(1);
  expect((await client.call('GetEvaluation', { userAppId, evaluationId: 'x' })).status?.code).toBe(11101);
});
