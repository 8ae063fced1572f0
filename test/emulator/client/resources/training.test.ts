import { DeadlineExceededError, InvalidRequestError } from '../../../../src/base/errors';
import { StatusCode } from '../../../../generated/proto/clarifai/api/status/status_code';
import { throwIfFailed } from '../../../../src/operations/outcome';
import { type Bench, startBench, passing, picture } from './harness';

const template = 'classification_basemodel_v1';

/** An app with a red and a blue picture, their concepts, a dataset of both and a model that may learn them. */
async function benchWithExamples(): Promise<Bench> {
  const bench = await startBench({ storeBytes: true });
  const { clarifai, emulator } = bench;
  await clarifai.app().datasets.create('examples');
  throwIfFailed(await clarifai.concepts.create(['warm', 'cold']));
  throwIfFailed(
    await clarifai.inputs.add([
      { id: 'red', image: picture(250, 10, 10), concepts: ['warm'], datasetIds: ['examples'] },
      { id: 'blue', image: picture(10, 10, 250), concepts: ['cold'], datasetIds: ['examples'] },
    ]),
  );
  emulator.advance(10_000);
  await clarifai.app().models.create('tones', { modelTypeId: 'visual-classifier' });
  return bench;
}

test('a model is trained with a template on all concepts, awaited, and predicts what it learned', async () => {
  await using bench = await benchWithExamples();
  const model = bench.clarifai.model('tones');
  const templates = await model.trainingTemplates();
  expect(templates.map(({ id }) => id)).toContain(template);
  const { id, status } = await model.train({ template });
  expect(status?.code).toBe(StatusCode.MODEL_QUEUED_FOR_TRAINING);
  const trained = await passing(bench, model.waitUntilTrained(id, { pollMs: 5 }));
  expect(trained.outputInfo?.data?.concepts.map((concept) => concept.id).sort()).toEqual(['cold', 'warm']);
  const learnedFrom = await model.versions.listInputs(id).toArray();
  expect(learnedFrom.map((input) => input.id).sort()).toEqual(['blue', 'red']);
  const [output] = throwIfFailed(await model.predict({ inputs: [picture(240, 20, 20)] }));
  expect(output?.data?.concepts[0]?.id).toBe('warm');
});

test('a training may be limited to a dataset and some concepts', async () => {
  await using bench = await benchWithExamples();
  await bench.clarifai.model('tones').train({
    template,
    datasetId: 'examples',
    concepts: ['warm'],
    conceptsMutuallyExclusive: true,
    description: 'warm only',
  });
  const [{ request } = {}] = bench.emulator.requests({ method: 'PostModelVersions' });
  expect(request?.modelVersions[0]).toMatchObject({
    description: 'warm only',
    outputInfo: { data: { concepts: [{ id: 'warm' }] }, params: { concepts_mutually_exclusive: true } },
    trainInfo: { params: { template, dataset_id: 'examples' } },
  });
});

test('waiting for a training ends in time, saying what it saw', async () => {
  await using bench = await benchWithExamples();
  const model = bench.clarifai.model('tones');
  const { id } = await model.train({ template });
  const waiting = model.waitUntilTrained(id, { timeoutMs: 500, pollMs: 5 });
  await expect(waiting).rejects.toThrow(DeadlineExceededError);
  await expect(waiting).rejects.toThrow('last seen: MODEL_QUEUED_FOR_TRAINING');
});

test('a training that fails rejects with what it failed of', async () => {
  await using bench = await benchWithExamples();
  const { clarifai } = bench;
  throwIfFailed(await clarifai.concepts.create(['never-seen']));
  const model = clarifai.model('tones');
  const { id } = await model.train({ template, concepts: ['never-seen'] });
  await expect(passing(bench, model.waitUntilTrained(id, { pollMs: 5 }))).rejects.toMatchObject({
    statusCode: StatusCode.MODEL_TRAINING_NO_DATA,
  });
});

test.each([
  [
    { template: 'classification_basemodel_v2' },
    'Unknown template `classification_basemodel_v2`: did you mean `classification_basemodel_v1`?',
  ],
  [{}, 'Expected `template` to be given: known are classification_basemodel_v1'],
  [
    { template, params: { no_such_knob: 1 } },
    'Unknown parameter `no_such_knob` of template `classification_basemodel_v1`',
  ],
  [{ template, concepts: ['a/b'] }, 'Expected `training.concepts[0]` to be an id'],
  [{ template, datasetID: 'x' }, 'Unknown name `datasetID` in `training`: did you mean `datasetId`?'],
])('the training %j is refused, and none is started', async (training, message) => {
  await using bench = await benchWithExamples();
  const started = bench.clarifai.model('tones').train(training);
  await expect(started).rejects.toThrow(InvalidRequestError);
  await expect(started).rejects.toThrow(message);
  expect(bench.emulator.requests({ method: 'PostModelVersions' })).toHaveLength(0);
});

test('a model of a type that is not trained says so', async () => {
  await using bench = await benchWithExamples();
  await bench.clarifai.app().models.create('prompter', { modelTypeId: 'prompter' });
  await expect(bench.clarifai.model('prompter').train()).rejects.toThrow('is a prompter, which is not trained');
});

test('a version is evaluated on a dataset, awaited, listed and read again', async () => {
  await using bench = await benchWithExamples();
  const model = bench.clarifai.model('tones');
  const { id: versionId } = await model.train({ template });
  await passing(bench, model.waitUntilTrained(versionId, { pollMs: 5 }));
  expect(await model.evaluations.latest()).toBeUndefined();
  const { id } = await model.evaluations.create({ dataset: 'examples' });
  const done = await passing(bench, model.evaluations.wait(id, { pollMs: 5 }));
  expect(done.status?.code).toBe(StatusCode.MODEL_EVALUATED);
  expect((await model.evaluations.list().toArray()).map((one) => one.id)).toEqual([id]);
  expect((await model.evaluations.latest({ labelCounts: true }))?.labelCounts).toBeDefined();
  expect((await model.evaluations.get(id)).id).toBe(id);
});
