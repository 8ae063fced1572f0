import { AlreadyExistsError, NotFoundError } from '../../../../src/base/errors';
import { startBench } from './harness';

test('models are made, found by name and type, listed and deleted', async () => {
  await using bench = await startBench();
  const { models } = bench.clarifai.app();
  const made = await models.create('locomotives', { modelTypeId: 'visual-classifier', description: 'steam' });
  expect(made).toMatchObject({ id: 'locomotives', modelTypeId: 'visual-classifier', description: 'steam' });
  await models.create('wagons', { modelTypeId: 'embedding-classifier' });
  await expect(models.create('wagons')).rejects.toThrow(AlreadyExistsError);
  const ids = async (list: AsyncIterable<{ readonly id: string }>): Promise<string[]> => {
    const found: string[] = [];
    for await (const { id } of list) found.push(id);
    return found.sort();
  };
  expect(await ids(models.list())).toEqual(['locomotives', 'wagons']);
  expect(await ids(models.list({ modelTypeId: 'visual-classifier' }))).toEqual(['locomotives']);
  expect(await ids(models.search({ name: '*ago*' }))).toEqual(['wagons']);
  expect(() => models.search({ name: '' })).toThrow('Expected `query.name` to be a non-empty string');
  await models.delete(['locomotives']);
  expect(await ids(models.list())).toEqual(['wagons']);
});

test('modules are made, read with their versions, listed and deleted', async () => {
  await using bench = await startBench();
  const { clarifai } = bench;
  const { modules } = clarifai.app();
  await modules.create('atlas', { description: 'maps' });
  expect(await clarifai.module('atlas').get()).toMatchObject({ id: 'atlas', description: 'maps' });
  expect(await clarifai.module('atlas').listVersions().toArray()).toEqual([]);
  expect((await modules.list().toArray()).map(({ id }) => id)).toEqual(['atlas']);
  expect(await modules.listInstalled().toArray()).toEqual([]);
  await modules.delete(['atlas']);
  await expect(clarifai.module('atlas').get()).rejects.toThrow(NotFoundError);
});

test('runners are made, read, listed and deleted', async () => {
  await using bench = await startBench();
  const { runners } = bench.clarifai.user();
  await runners.create('laptop', { description: 'at home', nodepoolId: 'pool', computeClusterId: 'cluster' });
  const place = { nodepoolId: 'pool', computeClusterId: 'cluster' };
  expect(await runners.get('laptop', place)).toMatchObject({ id: 'laptop', description: 'at home' });
  expect((await runners.list(place).toArray()).map(({ id }) => id)).toEqual(['laptop']);
  await runners.delete(['laptop'], place);
  await expect(runners.get('laptop', place)).rejects.toThrow(NotFoundError);
});

test('a dataset is read and changed; merging adds to its metadata', async () => {
  await using bench = await startBench();
  const { clarifai } = bench;
  await clarifai.app().datasets.create('trains', { description: 'old', metadata: { a: 1 } });
  const dataset = clarifai.dataset('trains');
  await dataset.patch({ description: 'new', metadata: { b: 2 } }, { action: 'merge' });
  expect(await dataset.get()).toMatchObject({ id: 'trains', description: 'new', metadata: { a: 1, b: 2 } });
  await expect(clarifai.dataset('none').get()).rejects.toThrow(NotFoundError);
});

test('the inputs of a dataset are listed', async () => {
  await using bench = await startBench();
  const { clarifai } = bench;
  await clarifai.app().datasets.create('trains');
  await clarifai.postInputs([{ id: 'a', url: 'https://samples.clarifai.com/metro-north.jpg', datasetIds: ['trains'] }]);
  const inputs = await clarifai.dataset('trains').listInputs().toArray();
  expect(inputs.map(({ input }) => input?.id)).toEqual(['a']);
});

test("an app that is called as Clarifai's own is has its own models only, and is emptied of no others", async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  await clarifai.user().apps.create('main');
  const { models } = clarifai.app('main');
  await models.create('mine');
  expect((await models.list().toArray()).map(({ id }) => id)).toEqual(['mine']);
  expect(await models.deleteAll({ confirm: 'main' })).toBe(1);
  expect(emulator.requests({ method: 'DeleteModels' }).map(({ request }) => request?.ids)).toEqual([['mine']]);
});
