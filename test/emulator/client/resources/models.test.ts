import { NotFoundError } from '../../../../src/base/errors';
import { throwIfFailed } from '../../../../src/operations/outcome';
import { startBench } from './harness';

const inputs = ['https://samples.clarifai.com/metro-north.jpg'];

test('a model predicts, by URL and by id, in the version that was asked for', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  const general = clarifai.model('https://clarifai.com/clarifai/main/models/general-image-recognition');
  const [output] = throwIfFailed(await general.predict({ inputs, outputConfig: { maxConcepts: 3 } }));
  expect(output?.data?.concepts).toHaveLength(3);
  const { modelVersion } = await general.get();
  const pinned = clarifai.model({
    userId: 'clarifai',
    appId: 'main',
    id: general.id,
    versionId: modelVersion?.id ?? '',
  });
  throwIfFailed(await pinned.predict({ inputs }));
  expect(emulator.requests({ method: 'PostModelOutputs' }).map(({ request }) => request?.versionId)).toEqual([
    '',
    modelVersion?.id,
  ]);
});

test('a prediction can be sent to machines of the user; half a nodepool is refused without a request', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  emulator.model({ id: 'mine', predict: () => ({ text: { raw: 'ok' } }) });
  const mine = clarifai.model('mine');
  // The emulator has no such machines: what counts is what was asked for.
  await expect(mine.predict({ inputs, compute: { deploymentId: 'dep-1', userId: 'org-1' } })).rejects.toThrow();
  await expect(
    mine.predict({ inputs, compute: { nodepoolId: 'pool', computeClusterId: 'cluster' } }),
  ).rejects.toThrow();
  const selectors = emulator.requests({ method: 'PostModelOutputs' }).map(({ request }) => request?.runnerSelector);
  expect(selectors[0]?.deployment).toMatchObject({ id: 'dep-1', userId: 'org-1' });
  expect(selectors[1]?.nodepool).toMatchObject({
    id: 'pool',
    computeCluster: { id: 'cluster', userId: emulator.userId },
  });
  const half = { nodepoolId: 'pool' } as { nodepoolId: string; computeClusterId: string };
  await expect(mine.predict({ inputs, compute: half })).rejects.toThrow('`compute.computeClusterId` to be a non-empty');
  expect(emulator.requests({ method: 'PostModelOutputs' })).toHaveLength(2);
});

test('a model is changed, and its versions are made, listed, changed and deleted', async () => {
  await using bench = await startBench();
  const { clarifai } = bench;
  await clarifai.app().models.create('prompter', { modelTypeId: 'prompter' });
  const model = clarifai.model('prompter');
  expect((await model.patch({ description: 'asks' })).description).toBe('asks');
  const made = await model.versions.create({ outputInfo: { params: { prompt_template: 'Say {data.text.raw}' } } });
  expect((await model.versions.get(made.id)).outputInfo?.params).toEqual({ prompt_template: 'Say {data.text.raw}' });
  expect((await model.versions.patch(made.id, { description: 'first' })).description).toBe('first');
  expect((await model.versions.list().toArray()).map(({ id }) => id)).toContain(made.id);
  await model.versions.delete(made.id);
  await expect(model.versions.get(made.id)).rejects.toThrow(NotFoundError);
});

test('the URL of something else is refused without a request', async () => {
  await using bench = await startBench();
  expect(() => bench.clarifai.model('https://clarifai.com/clarifai/main/workflows/General')).toThrow(
    'not the URL of a workflow',
  );
});
