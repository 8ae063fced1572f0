import type { Harness } from './harness';
import { startHarness } from './harness';
import { patHeaders } from './raw-client';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

it('answers the signed-in user, and an unknown one with "does not exist"', async () => {
  const { client } = harness;
  expect((await client.call('GetUser', { userAppId: { userId: 'me' } })).user?.id).toBe('emulator-user');
  expect((await client.call('GetUser', { userAppId: { userId: 'nobody' } })).status?.code).toBe(11101);
});

it('makes, lists and deletes apps', async () => {
  const { client, emulator } = harness;
  const posted = await client.call('PostApps', { apps: [{ id: 'second', name: 'Second' }] });
  expect(posted.apps[0]).toMatchObject({ id: 'second', name: 'Second', userId: emulator.userId });
  expect((await client.call('ListApps', {})).apps.map(({ id }) => id)).toEqual(['emulator-app', 'second']);
  const again = await client.call('PostApps', { apps: [{ id: 'second' }] });
  expect(again.status).toMatchObject({ code: 40010, details: expect.stringContaining('already exists') as string });
  const userAppId = { appId: 'second' };
  expect((await client.call('DeleteApp', { userAppId })).status?.code).toBe(10000);
  expect((await client.call('GetApp', { userAppId })).status).toMatchObject({
    code: 11101,
    description: 'Resource does not exist',
  });
  expect((await client.call('DeleteApp', { userAppId })).status?.code).toBe(11101);
});

it('makes apps only for the user who asks', async () => {
  const answer = await harness.client.call('PostApps', { userAppId: { userId: 'clarifai' }, apps: [{ id: 'mine' }] });
  expect(answer.status?.code).toBe(11007);
});

it('keeps the inputs of two apps apart', async () => {
  const { client, userAppId } = harness;
  await client.call('PostApps', { apps: [{ id: 'second' }] });
  await client.call('PostInputs', { userAppId, inputs: [{ id: 'a', data: { text: { raw: 'x' } } }] });
  const other = await client.call('ListInputs', { userAppId: { appId: 'second' } });
  expect(other).toMatchObject({ status: { code: 10000 }, inputs: [] });
});

it('lists what is in one app, in all of a user’s, or in all that the caller may read', async () => {
  const { client, emulator, userAppId } = harness;
  const { userId } = userAppId;
  await client.call('PostApps', { apps: [{ id: 'second' }] });
  for (const appId of [userAppId.appId, 'second'])
    await client.call('PostDatasets', { userAppId: { userId, appId }, datasets: [{ id: `in-${appId}` }] });
  const list = async (scope?: { userId?: string; appId?: string }, headers = patHeaders(emulator.pat)) =>
    (await client.call('ListDatasets', { userAppId: scope }, headers)).datasets.map(({ id }) => id);
  expect(await list({ userId, appId: 'second' })).toEqual(['in-second']);
  expect(await list({ userId })).toEqual(['in-emulator-app', 'in-second']);
  expect(await list()).toEqual(['in-emulator-app', 'in-second']);
  expect(await list(undefined, patHeaders(emulator.apiKey))).toEqual(['in-emulator-app']);
  const workflows = async (scope?: object) =>
    (await client.call('ListWorkflows', { userAppId: scope })).workflows.map(({ id }) => id);
  expect(await workflows()).toEqual(expect.arrayContaining(['General', 'general-and-color']));
  expect(await workflows({ userId: 'clarifai' })).toEqual(['General']);
  expect(await workflows({ userId })).toEqual(['general-and-color']);
  expect((await client.call('ListModules', { userAppId: { userId: 'nobody' } })).status?.code).toBe(11101);
  const models = (await client.call('ListModels', { dontFetchFromMain: true })).models.map(({ id }) => id);
  expect(models).toContain('general-image-recognition');
});

it('makes, lists and patches concepts', async () => {
  const { client, userAppId } = harness;
  const posted = await client.call('PostConcepts', {
    userAppId,
    concepts: [{ id: 'cat' }, { id: 'dog', name: 'Hund' }],
  });
  expect(posted.concepts).toMatchObject([
    { id: 'cat', name: 'cat', language: 'en' },
    { id: 'dog', name: 'Hund' },
  ]);
  const patched = await client.call('PatchConcepts', {
    userAppId,
    action: 'overwrite',
    concepts: [{ id: 'cat', name: 'Katze' }],
  });
  expect(patched.concepts[0]?.name).toBe('Katze');
  const listed = await client.call('ListConcepts', { userAppId });
  expect(listed.concepts.map(({ name }) => name)).toEqual(['Katze', 'Hund']);
  const page = await client.call('ListConcepts', { userAppId, page: 2, perPage: 1 });
  expect(page.concepts.map(({ id }) => id)).toEqual(['dog']);
});

it('refuses duplicate, unnamed and unknown concepts', async () => {
  const { client, userAppId } = harness;
  await client.call('PostConcepts', { userAppId, concepts: [{ id: 'cat' }] });
  for (const concepts of [[{ id: 'cat' }], [{ id: 'dog' }, { id: 'dog' }]]) {
    const answer = await client.call('PostConcepts', { userAppId, concepts });
    expect(answer.status).toMatchObject({
      code: 40003,
      description: 'Invalid request',
      details: expect.stringContaining('duplicate') as string,
    });
  }
  for (const concepts of [[], [{}], [{ id: 'a/b' }]]) {
    expect((await client.call('PostConcepts', { userAppId, concepts })).status?.code).toBe(40003);
  }
  const patched = await client.call('PatchConcepts', {
    userAppId,
    action: 'overwrite',
    concepts: [{ id: 'ai_98Xb0K3q' }],
  });
  expect(patched.status).toMatchObject({ code: 11101, description: 'Resource does not exist' });
  expect((await client.call('GetConcept', { userAppId, conceptId: 'dog' })).status?.code).toBe(11101);
});

it('makes, lists and deletes datasets, and adds inputs to them', async () => {
  const { client, userAppId } = harness;
  expect((await client.call('PostDatasets', { userAppId, datasets: [{ id: 'train' }] })).datasets[0]?.id).toBe('train');
  expect((await client.call('PostDatasets', { userAppId, datasets: [{ id: 'train' }] })).status).toMatchObject({
    code: 40010,
    description: 'Object has a duplicate ID; another object with same ID already exist.',
  });
  const posted = await client.call('PostInputs', {
    userAppId,
    inputs: [{ id: 'a', data: { text: { raw: 'x' } }, datasetIds: ['train'] }],
  });
  expect(posted.status?.code).toBe(10000);
  expect((await client.call('ListDatasets', { userAppId })).datasets.map(({ id }) => id)).toEqual(['train']);
  await client.call('DeleteDatasets', { userAppId, datasetIds: ['train'] });
  expect((await client.call('GetDataset', { userAppId, datasetId: 'train' })).status?.code).toBe(11101);
});

it('makes models that have yet to be trained, and deletes them', async () => {
  const { client, userAppId } = harness;
  const posted = await client.call('PostModels', {
    userAppId,
    models: [{ id: 'mine', modelTypeId: 'visual-classifier' }],
  });
  expect(posted.model).toMatchObject({
    id: 'mine',
    modelTypeId: 'visual-classifier',
    modelVersion: { status: { code: 21102 } },
  });
  const inputs = [{ data: { image: { url: 'https://samples.clarifai.com/a.jpg' } } }];
  expect((await client.call('PostModelOutputs', { userAppId, modelId: 'mine', inputs })).status?.code).toBe(21102);
  const versions = await client.call('ListModelVersions', { userAppId, modelId: 'mine' });
  expect(versions.modelVersions).toHaveLength(1);
  const versionId = versions.modelVersions[0]?.id ?? '';
  expect((await client.call('GetModelVersion', { userAppId, modelId: 'mine', versionId })).modelVersion?.id).toBe(
    versionId,
  );
  expect((await client.call('PostModels', { userAppId, models: [{ id: 'mine' }] })).status?.code).toBe(40010);
  await client.call('DeleteModel', { userAppId, modelId: 'mine' });
  expect((await client.call('GetModel', { userAppId, modelId: 'mine' })).status?.code).toBe(21200);
});

it('lists Clarifai’s models with those of the app, unless asked not to', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({ id: 'mine', predict: () => ({}) });
  const ids = async (request: object) =>
    (await client.call('ListModels', { userAppId, ...request })).models.map(({ id }) => id);
  expect(await ids({})).toEqual(expect.arrayContaining(['mine', 'general-image-recognition', 'color-recognition']));
  expect(await ids({ dontFetchFromMain: true })).toEqual(['mine']);
  expect(await ids({ name: 'color*' })).toEqual(['color-recognition']);
  const withKey = await client.call('ListModels', { perPage: 2 }, patHeaders(emulator.apiKey));
  expect(withKey.models).toHaveLength(2);
  expect((await client.call('ListModels', { userAppId, page: 1000, perPage: 500 })).models).toEqual([]);
});
