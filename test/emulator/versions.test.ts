import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

const node = (id: string) => ({ id, model: { id, userId: 'clarifai', appId: 'main' } });
const general = node('general-image-recognition');
const color = node('color-recognition');

beforeEach(async () => {
  harness = await startHarness();
  const workflows = [{ id: 'w', nodes: [general] }];
  await harness.client.call('PostWorkflows', { userAppId: harness.userAppId, workflows });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

async function patch(workflow: object, action = 'overwrite') {
  const workflows = [{ id: 'w', ...workflow }];
  return harness.client.call('PatchWorkflows', { userAppId: harness.userAppId, action, workflows });
}

async function versions() {
  const request = { userAppId: harness.userAppId, workflowId: 'w' };
  return (await harness.client.call('ListWorkflowVersions', request)).workflowVersions;
}

it('makes a version of a workflow for each change of its nodes, and runs the one that is asked for', async () => {
  const { client, userAppId } = harness;
  const patched = await patch({ nodes: [color] });
  expect(patched.workflows[0]).toMatchObject({ id: 'w', nodes: [{ id: 'color-recognition' }] });
  const [newest, oldest] = await versions();
  expect([newest, oldest].map((version) => version?.nodes[0]?.id)).toEqual([
    'color-recognition',
    'general-image-recognition',
  ]);
  const run = async (versionId = '') => {
    const inputs = [{ data: { image: { url: 'https://samples.clarifai.com/a.jpg' } } }];
    const request = { userAppId, workflowId: 'w', versionId, inputs };
    const answer = await client.call('PostWorkflowResults', request);
    return answer.results[0]?.outputs.map(({ model }) => model?.id) ?? answer.status?.code;
  };
  expect(await run()).toEqual(['color-recognition']);
  expect(await run(oldest?.id)).toEqual(['general-image-recognition']);
  expect(await run('unknown')).toBe(11101);
});

it('changes the rest of a workflow in place', async () => {
  expect((await patch({ description: 'mine' }, 'merge')).workflows[0]).toMatchObject({
    description: 'mine',
    nodes: [{}],
  });
  expect(await versions()).toHaveLength(1);
  const broken = { id: 'x', model: { id: 'nothing' } };
  expect((await patch({ nodes: [broken] })).status?.code).toBe(21200);
  expect((await patch({}, 'replace')).status?.code).toBe(22104);
  expect((await patch({ id: 'unknown' })).status?.code).toBe(11101);
});

it('reads, patches and deletes versions', async () => {
  const { client, userAppId } = harness;
  await patch({ nodes: [color] });
  const [newest, oldest] = (await versions()).map(({ id }) => id);
  const scope = { userAppId, workflowId: 'w' };
  const workflowVersions = [{ id: oldest, description: 'first' }];
  await client.call('PatchWorkflowVersions', { ...scope, action: 'merge', workflowVersions });
  const one = await client.call('GetWorkflowVersion', { ...scope, workflowVersionId: oldest });
  expect(one.workflowVersion).toMatchObject({ description: 'first', nodes: [{ id: 'general-image-recognition' }] });
  await client.call('DeleteWorkflowVersions', { ...scope, workflowVersionIds: [newest ?? ''] });
  const { workflow } = await client.call('GetWorkflow', { userAppId, workflowId: 'w' });
  expect(workflow?.nodes[0]?.id).toBe('general-image-recognition');
  const gone = await client.call('GetWorkflowVersion', { ...scope, workflowVersionId: newest });
  expect(gone.status?.code).toBe(11101);
});

it('deletes several workflows, or none when one is not there', async () => {
  const { client, userAppId } = harness;
  const remove = async (...ids: string[]) => (await client.call('DeleteWorkflows', { userAppId, ids })).status?.code;
  expect(await remove('w', 'unknown')).toBe(11101);
  expect(await remove('w', 'general-and-color')).toBe(10000);
  expect((await client.call('ListWorkflows', { userAppId })).workflows).toEqual([]);
});
