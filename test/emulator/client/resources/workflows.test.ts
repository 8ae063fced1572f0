import { InvalidRequestError, NotFoundError } from '../../../../src/base/errors';
import { throwIfFailed } from '../../../../src/operations/outcome';
import type { WorkflowConfig } from '../../../../src/resources/workflow-config';
import { formatWorkflowYaml, parseWorkflowYaml } from '../../../../src/resources/workflow-yaml';
import { startBench } from './harness';

const clarifai = { userId: 'clarifai', appId: 'main' };
const general = { ...clarifai, modelId: 'general-image-recognition' };
const embedding = { ...clarifai, modelId: 'general-image-embedding' };

test('a workflow is made of models that are there, in their latest versions, and runs', async () => {
  await using bench = await startBench();
  const { workflows } = bench.clarifai.app();
  const made = await workflows.create({ id: 'look', description: 'looks', nodes: [{ id: 'general', model: general }] });
  expect(made).toMatchObject({ id: 'look', description: 'looks' });
  expect(made.nodes[0]?.model?.modelVersion?.id).not.toBe('');
  const inputs = ['https://samples.clarifai.com/metro-north.jpg'];
  const [result] = throwIfFailed(await bench.clarifai.workflow('look').predict({ inputs }));
  expect(result?.outputs[0]?.data?.concepts.length).toBeGreaterThan(0);
  expect((await workflows.list().toArray()).map(({ id }) => id)).toContain('look');
  await workflows.delete(['look']);
  await expect(bench.clarifai.workflow('look').get()).rejects.toThrow(NotFoundError);
});

test('a model that is not there is made, and gets a new version only when it is another', async () => {
  await using bench = await startBench();
  const { workflows } = bench.clarifai.app();
  const prompter = (prompt: string): WorkflowConfig['nodes'][number] => ({
    id: 'prompter',
    model: { modelId: 'prompter', modelTypeId: 'prompter', outputInfo: { params: { prompt_template: prompt } } },
  });
  const versionOf = async (id: string, prompt: string): Promise<string | undefined> =>
    (await workflows.create({ id, nodes: [prompter(prompt)] })).nodes[0]?.model?.modelVersion?.id;
  const first = await versionOf('a', 'Classify {data.text.raw}');
  expect(first).toBeTruthy();
  expect(await versionOf('b', 'Classify {data.text.raw}')).toBe(first);
  expect(await versionOf('c', 'Translate {data.text.raw}')).not.toBe(first);
  expect(bench.emulator.requests({ method: 'PostModels' })).toHaveLength(1);
});

test('nothing is made when one node has no model', async () => {
  await using bench = await startBench();
  const nodes = [
    { id: 'new', model: { modelId: 'new', modelTypeId: 'prompter' } },
    { id: 'missing', model: { modelId: 'missing' } },
  ];
  await expect(bench.clarifai.app().workflows.create({ id: 'w', nodes })).rejects.toThrow(NotFoundError);
  expect(bench.emulator.requests({ method: 'PostModels' })).toHaveLength(0);
});

test('a model that would have to be trained first is refused', async () => {
  await using bench = await startBench();
  const nodes = [{ id: 'mine', model: { modelId: 'mine', modelTypeId: 'visual-classifier' } }];
  await expect(bench.clarifai.app().workflows.create({ id: 'w', nodes })).rejects.toThrow(
    'The model `mine` of node `mine` is a visual-classifier: make it and train it',
  );
});

test('an exported workflow, written as YAML and read again, makes the same workflow', async () => {
  await using bench = await startBench();
  const { workflows } = bench.clarifai.app();
  await workflows.create({
    id: 'pair',
    nodes: [
      { id: 'embed', model: embedding, suppressOutput: true },
      { id: 'general', model: general, nodeInputs: ['embed'] },
    ],
  });
  const exported = await bench.clarifai.workflow('pair').export();
  const text = formatWorkflowYaml(exported);
  expect(text).toContain('node_inputs:\n        - node_id: embed');
  const again = parseWorkflowYaml(text);
  expect(again).toEqual(exported);
  await workflows.create({ ...again, id: 'copy' });
  expect({ ...(await bench.clarifai.workflow('copy').export()), id: 'pair' }).toEqual(exported);
});

test('a workflow is changed, and its versions are listed', async () => {
  await using bench = await startBench();
  await bench.clarifai.app().workflows.create({ id: 'look', nodes: [{ id: 'general', model: general }] });
  const workflow = bench.clarifai.workflow('look');
  expect((await workflow.patch({ description: 'new' })).description).toBe('new');
  const versions = await workflow.listVersions().toArray();
  expect(versions.length).toBeGreaterThan(0);
  const pinned = bench.clarifai.workflow({ id: 'look', versionId: versions[0]?.id ?? '' });
  expect((await pinned.export()).nodes.map(({ id }) => id)).toEqual(['general']);
});

const node = { id: 'general', model: general };
test.each<[string, unknown, string]>([
  ['an id with a space', { id: 'has space', nodes: [node] }, '`workflow.id` to be an id of at most 48 letters'],
  ['no nodes', { id: 'w', nodes: [] }, '`workflow.nodes` to be at least one node'],
  [
    'an input that is no node',
    { id: 'w', nodes: [{ ...node, nodeInputs: ['nobody'] }] },
    '`workflow.nodes[0].nodeInputs[0]` to be the id of a node that stands before this one, got `"nobody"`',
  ],
  [
    'two nodes of one id',
    { id: 'w', nodes: [node, node] },
    '`workflow.nodes[1].id` to be an id that no other node has',
  ],
  [
    'a misspelt name',
    { id: 'w', nodes: [{ ...node, modle: {} }] },
    'Unknown name `modle` in `workflow.nodes[0]`: did you mean `model`?',
  ],
])('a workflow with %s is refused without a request', async (_what, workflow, message) => {
  await using bench = await startBench();
  const created = bench.clarifai.app().workflows.create(workflow as WorkflowConfig);
  await expect(created).rejects.toThrow(InvalidRequestError);
  await expect(created).rejects.toThrow(message);
  expect(bench.emulator.requests()).toHaveLength(0);
});

test.each([
  ['workflow:\n  id: a\n  nodes: [', 'w.yml:3:11: '],
  ['workflow:\n  id: a\n nodes: []', 'w.yml:3:'],
  ['- 1', 'w.yml:1:1: Expected `document` to be an object'],
  ['workflow:\n  id: has space\n  nodes: []', 'w.yml:2:7: Expected `workflow.id` to be an id'],
])('%j is no workflow, and the error says where', (text, message) => {
  expect(() => parseWorkflowYaml(text, 'w.yml')).toThrow(message);
});
