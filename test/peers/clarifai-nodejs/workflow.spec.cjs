const assert = require('node:assert/strict');
const { mkdtempSync, readFileSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, Input, Workflow } = require('clarifai-nodejs');
const { authConfig, collect } = require('./config.cjs');

const folder = mkdtempSync(join(tmpdir(), 'clarifai-nodejs-'));

function workflowFile(name, nodes) {
  const path = join(folder, `${name}.yml`);
  writeFileSync(path, ['workflow:', `  id: ${name}`, '  nodes:', ...nodes.map((line) => `    ${line}`), ''].join('\n'));
  return path;
}

const general = [
  '- id: concepts',
  '  model:',
  '    modelId: general-image-recognition',
  '    modelVersionId: aa7f35c01e0642fda5cf400f543e7c40',
];

describe('Workflow', () => {
  const app = new App({ authConfig: authConfig() });

  it('is made from a file, listed, read and deleted', async () => {
    const created = await app.createWorkflow({ configFilePath: workflowFile('from-file', general), display: false });
    assert.deepEqual(
      created.nodesList.map(({ id }) => id),
      ['concepts'],
    );
    assert.ok((await collect(app.listWorkflows())).some(({ id }) => id === 'from-file'));
    assert.equal((await app.workflow({ workflowId: 'from-file' })).id, 'from-file');
    await app.deleteWorkflow({ workflowId: 'from-file' });
    await assert.rejects(app.workflow({ workflowId: 'from-file' }), /Resource does not exist/);
  });

  it('makes the models that its file describes', async () => {
    const nodes = [
      '- id: embed',
      '  model:',
      '    modelId: general-image-embedding',
      '    modelVersionId: bb186755eda04f9cbb6fe32e816be104',
      '- id: mine',
      '  model:',
      '    modelId: described-in-file',
      '    modelTypeId: clusterer',
      '    description: made on the way',
      '  nodeInputs:',
      '    - nodeId: embed',
    ];
    const created = await app.createWorkflow({ configFilePath: workflowFile('with-model', nodes), display: false });
    assert.deepEqual(created.nodesList[1].nodeInputsList, [{ nodeId: 'embed' }]);
    assert.equal((await app.model({ modelId: 'described-in-file' })).modelTypeId, 'clusterer');
  });

  it('predicts with Clarifai’s workflows by URL, bytes and inputs', async () => {
    const workflow = () =>
      new Workflow({
        url: 'https://clarifai.com/clarifai/main/workflows/General',
        authConfig: { pat: process.env.CLARIFAI_PAT },
      });
    const byUrl = await workflow().predictByUrl('https://samples.clarifai.com/metro-north.jpg', 'image');
    const [{ outputsList }] = byUrl.resultsList;
    assert.deepEqual(
      outputsList.map(({ model }) => model.modelTypeId),
      ['visual-classifier', 'visual-embedder', 'clusterer'],
    );
    const byBytes = await workflow().predictByBytes(readFileSync(process.env.PHOTOGRAPH), 'image');
    assert.equal(byBytes.resultsList[0].outputsList.length, 3);
    const inputs = ['a', 'b'].map((name) =>
      Input.getInputFromUrl({ inputId: name, imageUrl: `https://samples.clarifai.com/${name}.jpg` }),
    );
    const many = await workflow().predict({ inputs });
    assert.deepEqual(
      many.resultsList.map(({ input }) => input.id),
      ['a', 'b'],
    );
  });

  it('starts a state and goes on with it', async () => {
    await app.createWorkflow({ configFilePath: workflowFile('with-state', general), display: false });
    const workflow = new Workflow({ workflowId: 'with-state', authConfig: authConfig() });
    const inputs = [Input.getInputFromUrl({ inputId: '', imageUrl: 'https://samples.clarifai.com/state.jpg' })];
    const { workflowState } = await workflow.predict({ inputs, workflowStateId: 'init' });
    const next = await workflow.predict({ inputs, workflowStateId: workflowState.id });
    assert.equal(next.workflowState.id, workflowState.id);
  });

  it('is told of a workflow that is not there, and of inputs that its models do not take', async () => {
    const missing = new Workflow({ workflowId: 'nothing', authConfig: authConfig() });
    await assert.rejects(
      missing.predictByUrl('https://samples.clarifai.com/a.jpg', 'image'),
      /Resource does not exist/,
    );
    const url = 'https://clarifai.com/clarifai/main/workflows/General';
    const general = new Workflow({ url, authConfig: { pat: process.env.CLARIFAI_PAT } });
    await assert.rejects(general.predictByBytes(Buffer.from('words'), 'text'), /Input format unsupported/);
  });

  it('lists its versions, and is written to a file', async () => {
    await app.createWorkflow({ configFilePath: workflowFile('exported', general), display: false });
    const workflow = new Workflow({ workflowId: 'exported', authConfig: authConfig() });
    const { value } = await workflow.listVersions({}).next();
    assert.equal(value.workflowVersionsList.length, 1);
    const path = join(folder, 'exported-again.yml');
    await workflow.exportWorkflow(path);
    assert.match(readFileSync(path, 'utf8'), /modelId: general-image-recognition/);
  });
});
