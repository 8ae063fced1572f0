const assert = require('node:assert/strict');
const { App } = require('clarifai-nodejs');
const { authConfig, collect } = require('./config.cjs');

describe('App', () => {
  const app = new App({ authConfig: authConfig() });

  it('creates, lists and deletes datasets', async () => {
    const created = await app.createDataset({ datasetId: 'd', params: { description: 'mine' } });
    assert.equal(created.description, 'mine');
    assert.deepEqual(
      (await collect(app.listDataSets())).map(({ id }) => id),
      ['d'],
    );
    assert.equal((await app.dataset({ datasetId: 'd' })).id, 'd');
    await app.deleteDataset({ datasetId: 'd' });
    await assert.rejects(app.dataset({ datasetId: 'd' }), /Resource does not exist/);
  });

  it('creates, lists and deletes models', async () => {
    const created = await app.createModel({ modelId: 'm', params: { modelTypeId: 'visual-classifier' } });
    assert.equal(created.modelTypeId, 'visual-classifier');
    assert.ok((await collect(app.listModels())).some(({ id }) => id === 'm'));
    const everywhere = await collect(app.listModels({ onlyInApp: false }));
    assert.ok(everywhere.some(({ id, appId }) => id === 'general-image-recognition' && appId === 'main'));
    assert.equal((await app.model({ modelId: 'm' })).id, 'm');
    await app.deleteModel({ modelId: 'm' });
    await assert.rejects(app.model({ modelId: 'm' }), /Model does not exist/);
  });

  it('creates, lists and deletes modules', async () => {
    assert.equal((await app.createModule({ moduleId: 'tool', description: 'a tool' })).id, 'tool');
    assert.deepEqual(
      (await collect(app.listModules({ onlyInApp: true }))).map(({ id }) => id),
      ['tool'],
    );
    assert.deepEqual(await collect(app.listInstalledModuleVersions()), []);
    await app.deleteModule({ moduleId: 'tool' });
    assert.deepEqual(await collect(app.listModules({ onlyInApp: true })), []);
  });

  it('lists the concepts that its inputs brought along, and the types of models that can be trained', async () => {
    const { Input } = require('clarifai-nodejs');
    await new Input({ authConfig: authConfig() }).uploadInputs({
      inputs: [Input.getTextInput({ inputId: 'with-label', rawText: 'x', labels: ['good dog'] })],
      showLog: false,
    });
    const concepts = await collect(app.listConcepts());
    assert.ok(concepts.some(({ id, name }) => id === 'id-gooddog' && name === 'good dog'));
    assert.ok(app.listTrainableModelTypes().includes('visual-classifier'));
  });

  it('finds nothing that is not there', async () => {
    await assert.rejects(app.model({ modelId: 'nothing' }), /Model does not exist/);
    await assert.rejects(app.workflow({ workflowId: 'nothing' }), /Resource does not exist/);
    await assert.rejects(app.deleteWorkflow({ workflowId: 'nothing' }), /Resource does not exist/);
  });
});
