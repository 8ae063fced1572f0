// Smaller things that apps hold or are found by.
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

it('makes, lists, changes and deletes annotation filters', async () => {
  const { client, userAppId } = harness;
  const search = (id: string) => ({
    query: { filters: [{ annotation: { data: { concepts: [{ id, value: 1 }] } } }] },
  });
  const posted = await client.call('PostAnnotationFilters', {
    userAppId,
    annotationFilters: [{ id: 'f', search: search('cat') }],
  });
  expect(posted.annotationFilters).toMatchObject([{ id: 'f', appId: 'emulator-app', search: search('cat') }]);
  const again = await client.call('PostAnnotationFilters', { userAppId, annotationFilters: [{ id: 'f' }] });
  expect(again.status?.code).toBe(40010);
  const annotationFilters = [{ id: 'f', search: search('dog') }];
  const merged = await client.call('PatchAnnotationFilters', { userAppId, annotationFilters, action: 'merge' });
  expect(merged.status?.code).toBe(11100);
  await client.call('PatchAnnotationFilters', { userAppId, annotationFilters, action: 'overwrite' });
  const got = await client.call('GetAnnotationFilter', { userAppId, annotationFilterId: 'f' });
  expect(got.annotationFilter).toMatchObject({ search: search('dog') });
  expect((await client.call('ListAnnotationFilters', { userAppId })).annotationFilters).toHaveLength(1);
  await client.call('DeleteAnnotationFilters', { userAppId, annotationFilterIds: ['f'] });
  const gone = await client.call('GetAnnotationFilter', { userAppId, annotationFilterId: 'f' });
  expect(gone.status?.code).toBe(11101);
});

it('labels models', async () => {
  const { client, userAppId } = harness;
  await client.call('PostModels', { userAppId, models: [{ id: 'm', modelTypeId: 'visual-classifier' }] });
  const patch = async (languages: readonly string[], action: string) =>
    client.call('PatchModelLanguages', { userAppId, modelId: 'm', languages, action });
  expect((await patch(['en', 'de'], 'merge')).languages).toEqual(['en', 'de']);
  expect((await patch(['de', 'fr'], 'merge')).languages).toEqual(['en', 'de', 'fr']);
  expect((await patch(['en'], 'remove')).languages).toEqual(['de', 'fr']);
  expect((await patch(['it'], 'overwrite')).languages).toEqual(['it']);
  expect((await patch(['it'], 'eat')).status?.code).toBe(21202);
  const about = { userAppId, modelId: 'm', action: 'merge' };
  await client.call('PatchModelToolkits', { ...about, toolkits: ['t'] });
  await client.call('PatchModelUseCases', { ...about, usecases: ['u'] });
  await client.call('PatchModelCheckConsents', { ...about, checkConsents: ['c'] });
  expect((await client.call('GetModel', { userAppId, modelId: 'm' })).model).toMatchObject({
    languages: ['it'],
    toolkits: ['t'],
    useCases: ['u'],
    checkConsents: ['c'],
  });
  const unknown = { ...about, modelId: 'x', toolkits: ['t'] };
  expect((await client.call('PatchModelToolkits', unknown)).status?.code).toBe(21200);
});

it('lists the concepts that a version knows', async () => {
  const { client, userAppId } = harness;
  await client.call('PostModels', { userAppId, models: [{ id: 'm', modelTypeId: 'visual-classifier' }] });
  const concepts = [{ id: 'cat' }, { id: 'dog' }, { id: 'cow' }];
  const modelVersions = [{ outputInfo: { data: { concepts } } }];
  await client.call('PostModelVersions', { userAppId, modelId: 'm', modelVersions });
  const ids = async (request: object) =>
    (await client.call('ListModelConcepts', { userAppId, modelId: 'm', ...request })).concepts.map(({ id }) => id);
  expect(await ids({})).toEqual(['cat', 'dog', 'cow']);
  expect(await ids({ search: 'c*' })).toEqual(['cat', 'cow']);
  expect(await ids({ page: 2, perPage: 2 })).toEqual(['cow']);
});

it('finds apps by name, among those that the caller may see', async () => {
  const { client, emulator } = harness;
  emulator.user({ id: 'bob' });
  await client.call('PostApps', { apps: [{ id: 'zoo', name: 'Animals' }, { id: 'b' }] });
  const ids = async (request: object) =>
    (await client.call('PostAppsSearches', request)).apps.map(({ id }) => id).toSorted();
  expect(await ids({ appQuery: { name: 'Ani*' } })).toEqual(['zoo']);
  expect(await ids({ userAppId: { userId: 'me' } })).toEqual(['b', 'emulator-app', 'zoo']);
  expect(await ids({ appQuery: { name: 'm*' } })).toEqual(['main']);
  expect(await ids({ pagination: { page: 1, perPage: 2 } })).toHaveLength(2);
});

it('changes the details of apps, and counts what is in one', async () => {
  const { client, emulator, userAppId } = harness;
  const apps = [{ id: 'emulator-app', description: 'new' }];
  expect((await client.call('PatchAppsDetails', { apps, action: 'overwrite' })).apps).toMatchObject(apps);
  await emulator.seed({ datasets: [{ id: 'd' }], inputs: [{ id: 'a', data: { text: { raw: 'x' } } }] });
  const counts = await client.call('GetResourceCounts', { userAppId });
  const { datasets, models, workflows, modules, inputs } = counts;
  expect([datasets, models, workflows, modules, inputs].map(Number)).toEqual([1, 0, 1, 0, 1]);
});

it('changes module versions, and counts where they are installed', async () => {
  const { client, userAppId } = harness;
  await client.call('PostModules', { userAppId, modules: [{ id: 'm' }] });
  await client.call('PostModuleVersions', { userAppId, moduleId: 'm', moduleVersions: [{ id: '1' }] });
  const moduleVersions = [{ id: '1', description: 'new' }];
  const patched = await client.call('PatchModuleVersions', { userAppId, moduleId: 'm', moduleVersions });
  expect(patched.moduleVersions).toMatchObject([{ id: '1', description: 'new', moduleId: 'm' }]);
  const version = { userAppId, moduleId: 'm', moduleVersionId: '1' };
  expect((await client.call('GetModuleVersionUsageCount', version)).usageCount).toBe(0);
  const moduleVersion = { id: '1', moduleId: 'm', ...userAppId };
  await client.call('PostInstalledModuleVersions', {
    userAppId,
    installedModuleVersions: [{ id: 'i', moduleVersion }],
  });
  expect((await client.call('GetModuleVersionUsageCount', version)).usageCount).toBe(1);
  const unknown = { ...version, moduleVersionId: '2' };
  expect((await client.call('GetModuleVersionUsageCount', unknown)).status?.code).toBe(11101);
});

it('gives models and workflows new ids, which what named the old ones names then', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({ id: 'old', predict: () => ({ text: { raw: 'x' } }) });
  await emulator.seed({ workflows: [{ id: 'w', nodes: [{ id: 'n', model: { id: 'old', ...userAppId } }] }] });
  const change = async (id: string, newId: string, action = 'overwrite') =>
    client.call('PatchModelIds', { userAppId, ids: [{ id, newId }], action });
  expect((await change('old', 'new', 'merge')).status?.code).toBe(11100);
  expect((await change('old', 'a/b')).status?.code).toBe(11100);
  expect((await change('unknown', 'new')).status?.code).toBe(21200);
  expect((await change('old', 'new')).models).toMatchObject([{ id: 'new' }]);
  expect((await client.call('GetModel', { userAppId, modelId: 'old' })).status?.code).toBe(21200);
  const ids = [{ id: 'w', newId: 'v' }];
  const renamed = await client.call('PatchWorkflowIds', { userAppId, ids, action: 'overwrite' });
  expect(renamed.workflows).toMatchObject([{ id: 'v', version: { workflowId: 'v' } }]);
  expect((await client.call('GetWorkflow', { userAppId, workflowId: 'w' })).status?.code).toBe(11101);
  const inputs = [{ data: { text: { raw: 'y' } } }];
  const { results } = await client.call('PostWorkflowResults', { userAppId, workflowId: 'v', inputs });
  expect(results[0]?.outputs[0]).toMatchObject({ model: { id: 'new' }, data: { text: { raw: 'x' } } });
});

it('publishes versions of models and workflows, and takes that back', async () => {
  const { client, emulator, userAppId } = harness;
  emulator.model({ id: 'm', predict: () => ({}) });
  await emulator.seed({ workflows: [{ id: 'w', nodes: [{ id: 'n', model: { id: 'color-recognition' } }] }] });
  const model = async () => (await client.call('GetModel', { userAppId, modelId: 'm' })).model?.modelVersion;
  const workflow = async () => (await client.call('GetWorkflow', { userAppId, workflowId: 'w' })).workflow?.version;
  const ofModel = { userAppId, modelId: 'm', publications: [{ versionId: (await model())?.id }] };
  const ofWorkflow = { userAppId, workflowId: 'w', publications: [{ versionId: (await workflow())?.id }] };
  await client.call('PostModelVersionsPublish', ofModel);
  await client.call('PostWorkflowVersionsPublish', ofWorkflow);
  expect([(await model())?.visibility?.gettable, (await workflow())?.visibility?.gettable]).toEqual([50, 50]);
  await client.call('PostModelVersionsUnPublish', ofModel);
  await client.call('PostWorkflowVersionsUnPublish', ofWorkflow);
  expect([(await model())?.visibility?.gettable, (await workflow())?.visibility?.gettable]).toEqual([10, 10]);
  const publications = [{ versionId: 'unknown' }];
  expect((await client.call('PostModelVersionsPublish', { ...ofModel, publications })).status?.code).toBe(21200);
  expect((await client.call('PostWorkflowVersionsPublish', { ...ofWorkflow, publications })).status?.code).toBe(11101);
});
