import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

it('makes, lists, patches and deletes modules and their versions', async () => {
  const { client, userAppId } = harness;
  const posted = await client.call('PostModules', { userAppId, modules: [{ id: 'm', description: 'mine' }] });
  expect(posted.modules[0]).toMatchObject({ id: 'm', description: 'mine', appId: 'emulator-app' });
  expect((await client.call('PostModules', { userAppId, modules: [{ id: 'm' }] })).status?.code).toBe(40010);
  const moduleVersions = ['1', '2'].map((id) => ({ id, gitCommitUrl: `https://github.com/x/y/commit/${id}` }));
  await client.call('PostModuleVersions', { userAppId, moduleId: 'm', moduleVersions });
  await client.call('PatchModules', { userAppId, action: 'merge', modules: [{ id: 'm', description: 'ours' }] });
  const { module: found } = await client.call('GetModule', { userAppId, moduleId: 'm' });
  expect(found).toMatchObject({ description: 'ours', moduleVersion: { id: '2', moduleId: 'm' } });
  const listed = await client.call('ListModuleVersions', { userAppId, moduleId: 'm' });
  expect(listed.moduleVersions.map(({ id }) => id)).toEqual(['2', '1']);
  await client.call('DeleteModuleVersions', { userAppId, moduleId: 'm', ids: ['2'] });
  const gone = await client.call('GetModuleVersion', { userAppId, moduleId: 'm', moduleVersionId: '2' });
  expect(gone.status?.code).toBe(11101);
  expect((await client.call('ListModules', { userAppId })).modules).toHaveLength(1);
  await client.call('DeleteModules', { userAppId, ids: ['m'] });
  expect((await client.call('GetModule', { userAppId, moduleId: 'm' })).status?.code).toBe(11101);
});

it('installs modules in apps', async () => {
  const { client, userAppId } = harness;
  const installedModuleVersions = [{ id: 'here', moduleVersion: { id: '1', moduleId: 'm' } }];
  await client.call('PostInstalledModuleVersions', { userAppId, installedModuleVersions });
  const listed = await client.call('ListInstalledModuleVersions', { userAppId });
  expect(listed.installedModuleVersions).toMatchObject([{ id: 'here', moduleVersion: { moduleId: 'm' } }]);
  await client.call('DeleteInstalledModuleVersions', { userAppId, ids: ['here'] });
  const one = await client.call('GetInstalledModuleVersion', { userAppId, installedModuleVersionId: 'here' });
  expect(one.status?.code).toBe(11101);
});

it('makes, lists, patches and deletes the runners of a user', async () => {
  const { client } = harness;
  const userAppId = { userId: 'me' };
  const scope = { userAppId, nodepoolId: 'pool', computeClusterId: 'cluster' };
  const posted = await client.call('PostRunners', { ...scope, runners: [{ id: 'r', labels: ['gpu'] }] });
  expect(posted.runners[0]).toMatchObject({ id: 'r', labels: ['gpu'], nodepool: { id: 'pool' } });
  await client.call('PatchRunners', { ...scope, action: 'merge', runners: [{ id: 'r', description: 'fast' }] });
  expect((await client.call('GetRunner', { ...scope, runnerId: 'r' })).runner).toMatchObject({
    description: 'fast',
    labels: ['gpu'],
  });
  expect((await client.call('ListRunners', scope)).runners).toHaveLength(1);
  expect((await client.call('ListRunners', { userAppId })).runners).toHaveLength(1);
  expect((await client.call('ListRunners', { userAppId, nodepoolId: 'other' })).runners).toEqual([]);
  expect((await client.call('DeleteRunners', { ...scope, ids: ['r', 'unknown'] })).status?.code).toBe(11101);
  await client.call('DeleteRunners', { ...scope, ids: ['r'] });
  expect((await client.call('GetRunner', { ...scope, runnerId: 'r' })).status?.code).toBe(11101);
});

it('shows nobody the runners of others', async () => {
  const answer = await harness.client.call('ListRunners', { userAppId: { userId: 'clarifai' } });
  expect(answer.status?.code).toBe(11007);
});

it('patches apps', async () => {
  const { client, userAppId } = harness;
  const patched = await client.call('PatchApp', { userAppId, action: 'overwrite', app: { description: 'new' } });
  expect(patched.app).toMatchObject({ id: 'emulator-app', description: 'new' });
  const apps = [{ id: 'emulator-app', name: 'renamed' }];
  await client.call('PatchApps', { userAppId: { userId: 'me' }, action: 'overwrite', apps });
  expect((await client.call('GetApp', { userAppId })).app).toMatchObject({ name: 'renamed', description: 'new' });
  const unknown = await client.call('PatchApps', { userAppId: { userId: 'me' }, apps: [{ id: 'unknown' }] });
  expect(unknown.status?.code).toBe(11101);
});

it('knows the types of models, and the templates of those that can be trained', async () => {
  const { client, userAppId } = harness;
  const { modelTypes } = await client.call('ListModelTypes', { userAppId, page: 1, perPage: 1000 });
  const trainable = modelTypes.filter((one) => one.trainable).map(({ id }) => id);
  expect(trainable).toEqual(expect.arrayContaining(['visual-classifier', 'text-classifier', 'clusterer']));
  const { modelType } = await client.call('GetModelType', { userAppId, modelTypeId: 'visual-classifier' });
  expect(modelType).toMatchObject({ inputFields: ['image'], outputFields: ['concepts'] });
  const field = modelType?.modelTypeFields.find(({ path }) => path === 'train_info.params.template');
  expect(field?.modelTypeEnumOptions.map(({ id }) => id)).toContain('classification_cifar10_v1');
  expect((await client.call('GetModelType', { userAppId, modelTypeId: 'nothing' })).status?.code).toBe(11101);
});
