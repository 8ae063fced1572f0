import { createManualClock } from '../../src/emulator/index';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const train = { data: { image: { url: 'https://samples.clarifai.com/metro-north.jpg' } } };
const missing = { data: { image: { url: 'https://example.com/non-existing.jpg' } } };

function run(request: object) {
  return harness.client.call('PostWorkflowResults', { userAppId: harness.userAppId, inputs: [train], ...request });
}

it('runs the app’s default workflow when none is named, one output per node in their order', async () => {
  const answer = await run({ inputs: [{ id: 'photo', data: { image: { base64: photograph() } } }] });
  expect(answer.status?.code).toBe(10000);
  expect(answer.workflow).toMatchObject({ id: 'general-and-color', appId: 'emulator-app' });
  const [result] = answer.results;
  expect(result).toMatchObject({ status: { code: 10000 }, input: { id: 'photo' } });
  expect(result?.outputs.map(({ model }) => model?.id)).toEqual(['general-image-recognition', 'color-recognition']);
  expect(result?.outputs[0]?.data?.concepts).toHaveLength(20);
  expect(result?.outputs[1]?.data?.colors.length).toBeGreaterThan(1);
  expect(answer.workflowState).toBeUndefined();
});

it('runs the public General workflow: concepts, an embedding and clusters', async () => {
  const answer = await run({ workflowId: 'General' });
  const [concepts, embedding, clusters] = answer.results[0]?.outputs ?? [];
  expect(concepts?.data?.concepts).toHaveLength(20);
  expect(embedding?.data?.embeddings[0]).toMatchObject({ numDimensions: 1024 });
  expect(clusters?.data?.clusters).toHaveLength(1);
});

it('applies the output config to the last node', async () => {
  const nodes = ['color-recognition', 'general-image-recognition'].map((id) => ({
    id,
    model: { id, userId: 'clarifai', appId: 'main' },
  }));
  await harness.client.call('PostWorkflows', { userAppId: harness.userAppId, workflows: [{ id: 'mine', nodes }] });
  const answer = await run({ workflowId: 'mine', outputConfig: { maxConcepts: 2 } });
  expect(answer.results[0]?.outputs.map(({ data }) => data?.concepts.length)).toEqual([0, 2]);
  const refused = await run({ workflowId: 'mine', outputConfig: { maxConcepts: 500 } });
  expect(refused.status?.code).toBe(21202);
});

it('leaves suppressed nodes out of the answer', async () => {
  const nodes = ['color-recognition', 'general-image-recognition'].map((id, at) => ({
    id,
    model: { id, userId: 'clarifai', appId: 'main' },
    suppressOutput: at === 0,
  }));
  await harness.client.call('PostWorkflows', { userAppId: harness.userAppId, workflows: [{ id: 'mine', nodes }] });
  const answer = await run({ workflowId: 'mine' });
  expect(answer.results[0]?.outputs.map(({ model }) => model?.id)).toEqual(['general-image-recognition']);
});

it('gives each result its own status', async () => {
  const answer = await run({ inputs: [train, missing] });
  expect(answer.status?.code).toBe(10010);
  expect(answer.results.map(({ status }) => status?.code)).toEqual([10000, 30002]);
  const wrongKind = await run({ inputs: [{ data: { text: { raw: 'hello' } } }] });
  expect(wrongKind.status).toMatchObject({ code: 30101, description: 'Input format unsupported' });
});

it('keeps a state for five minutes when asked to with `init`', async () => {
  const started = await run({ workflowState: { id: 'init' } });
  const id = started.workflowState?.id;
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  harness.emulator.advance(4 * 60_000);
  expect((await run({ workflowState: { id } })).workflowState?.id).toBe(id);
  harness.emulator.advance(5 * 60_000);
  expect((await run({ workflowState: { id } })).status?.code).toBe(11101);
  expect((await run({ workflowState: { id: 'made-up' } })).status?.code).toBe(11101);
});

it.each([0, 129])('refuses %d inputs', async (count) => {
  expect((await run({ inputs: Array.from({ length: count }, () => train) })).status?.code).toBe(40001);
});

it('answers an unknown workflow with "does not exist"', async () => {
  expect((await run({ workflowId: 'nope' })).status).toMatchObject({
    code: 11101,
    description: 'Resource does not exist',
  });
  const got = await harness.client.call('GetWorkflow', { userAppId: harness.userAppId, workflowId: 'nope' });
  expect(got.status?.code).toBe(11101);
});

it('stores workflows, lists and deletes them', async () => {
  const { client, userAppId } = harness;
  const nodes = [{ id: 'n', model: { id: 'color-recognition', userId: 'clarifai', appId: 'main' } }];
  const posted = await client.call('PostWorkflows', { userAppId, workflows: [{ id: 'mine', nodes }] });
  expect(posted.workflows[0]).toMatchObject({ id: 'mine', version: { workflowId: 'mine' } });
  expect((await client.call('ListWorkflows', { userAppId })).workflows.map(({ id }) => id)).toEqual([
    'general-and-color',
    'mine',
  ]);
  expect((await client.call('PostWorkflows', { userAppId, workflows: [{ id: 'mine', nodes }] })).status?.code).toBe(
    22100,
  );
  await client.call('DeleteWorkflow', { userAppId, workflowId: 'mine' });
  expect((await client.call('GetWorkflow', { userAppId, workflowId: 'mine' })).status?.code).toBe(11101);
});

it.each([
  ['no nodes', { id: 'w', nodes: [] }, 22107],
  [
    'a node fed by no node',
    { id: 'w', nodes: [{ id: 'n', model: { id: 'color-recognition' }, nodeInputs: [{ nodeId: 'x' }] }] },
    22107,
  ],
  ['a node without a model', { id: 'w', nodes: [{ id: 'n' }] }, 22104],
  ['an unknown model', { id: 'w', nodes: [{ id: 'n', model: { id: 'nope' } }] }, 21200],
  ['a slash in its id', { id: 'a/b', nodes: [{ id: 'n', model: { id: 'color-recognition' } }] }, 22104],
])('refuses a workflow with %s', async (_, workflow, code) => {
  const answer = await harness.client.call('PostWorkflows', { userAppId: harness.userAppId, workflows: [workflow] });
  expect(answer.status?.code).toBe(code);
});
