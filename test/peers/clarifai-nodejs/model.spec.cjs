const assert = require('node:assert/strict');
const { mkdtempSync, readFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const resources = require('clarifai-nodejs-grpc/proto/clarifai/api/resources_pb');
const { App, Input, Model } = require('clarifai-nodejs');
const { authConfig, collect, settled } = require('./config.cjs');

const main = () => ({ ...authConfig(), userId: 'clarifai', appId: 'main' });
const general = () => new Model({ modelId: 'general-image-recognition', authConfig: main() });

describe('Model', () => {
  it('predicts by URL, bytes and file', async () => {
    const imageUrl = 'https://samples.clarifai.com/metro-north.jpg';
    const [byUrl] = await general().predictByUrl({ url: imageUrl, inputType: 'image' });
    assert.equal(byUrl.data.conceptsList.length, 20);
    const inputBytes = readFileSync(process.env.PHOTOGRAPH);
    const [byBytes] = await general().predictByBytes({ inputBytes, inputType: 'image' });
    const [byFile] = await general().predictByFilepath({ filepath: process.env.PHOTOGRAPH, inputType: 'image' });
    assert.deepEqual(byBytes.data.conceptsList, byFile.data.conceptsList);
  });

  it('predicts for many inputs, with the concepts that are asked for', async () => {
    const inputs = ['a', 'b'].map((name) =>
      Input.getInputFromUrl({ inputId: name, imageUrl: `https://samples.clarifai.com/${name}.jpg` }),
    );
    const outputConfig = new resources.OutputConfig().setMaxConcepts(3).setMinValue(0.5);
    const outputs = await general().predict({ inputs, outputConfig });
    assert.deepEqual(
      outputs.map(({ input }) => input.id),
      ['a', 'b'],
    );
    assert.deepEqual(
      outputs.map(({ data }) => data.conceptsList.length),
      [3, 3],
    );
  });

  it('finds a model by its address', async () => {
    const { pat } = authConfig();
    const url = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
    const [output] = await new Model({ url, authConfig: { pat } }).predictByUrl({
      url: 'https://samples.clarifai.com/x.jpg',
      inputType: 'image',
    });
    assert.equal(output.model.id, 'general-image-recognition');
  });

  it('is told of a model that is not there, and of an image that is not there', async () => {
    const missing = new Model({ modelId: 'nothing', authConfig: authConfig() });
    const image = { url: 'https://samples.clarifai.com/x.jpg', inputType: 'image' };
    await assert.rejects(missing.predictByUrl(image), /Model does not exist/);
    await assert.rejects(general().predictByUrl({ url: 'https://example.com/no.jpg', inputType: 'image' }), /30002/);
  });

  it('makes versions of a model, which are trained in time, lists and deletes them', async () => {
    const app = new App({ authConfig: authConfig() });
    const input = new Input({ authConfig: authConfig() });
    const example = (name, label) =>
      Input.getInputFromUrl({
        inputId: `train-${name}`,
        imageUrl: `https://samples.clarifai.com/train-${name}.jpg`,
        labels: [label],
      });
    await input.uploadInputs({ inputs: [example('cat', 'cat'), example('dog', 'dog')], showLog: false });
    await app.createModel({ modelId: 'pets', params: { modelTypeId: 'embedding-classifier' } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const model = new Model({ modelId: 'pets', authConfig: authConfig() });
    const concepts = ['id-cat', 'id-dog'].map((id) => new resources.Concept().setId(id));
    const outputInfo = new resources.OutputInfo().setData(new resources.Data().setConceptsList(concepts));
    const posted = await model.createVersion(new resources.ModelVersion().setOutputInfo(outputInfo));
    assert.equal(posted.modelVersion.status.code, 21103);
    const trained = await settled(
      async () => (await collect(model.listVersions())).find(({ id }) => id === posted.modelVersion.id),
      ({ status }) => status.code === 21100,
    );
    const [output] = await model.predictByUrl({
      url: 'https://samples.clarifai.com/train-cat.jpg',
      inputType: 'image',
    });
    assert.equal(output.data.conceptsList[0].id, 'id-cat');
    await model.deleteVersion(trained.id);
    assert.ok(!(await collect(model.listVersions())).some(({ id }) => id === trained.id));
  });

  it('lists the templates of a type of models, and writes their parameters to a file', async () => {
    const app = new App({ authConfig: authConfig() });
    await app.createModel({ modelId: 'classifier', params: { modelTypeId: 'visual-classifier' } });
    const model = new Model({ modelId: 'classifier', authConfig: authConfig() });
    await model.loadInfo();
    // The SDK forgets the type that it has just read.
    model.modelInfo.setModelTypeId('visual-classifier');
    const templates = await model.listTrainingTemplates();
    assert.ok(templates.length > 0);
    const file = join(mkdtempSync(join(tmpdir(), 'clarifai-nodejs-')), 'params.yaml');
    const params = await model.getParams(templates[0], file);
    assert.equal(params.train_params.template, templates[0]);
    assert.match(readFileSync(file, 'utf8'), new RegExp(templates[0]));
  });

  describe('with methods', () => {
    const model = () => new Model({ modelId: 'assistant', authConfig: authConfig() });

    it('lists them with their signatures', async () => {
      const one = model();
      await one.loadInfo();
      assert.deepEqual(await one.availableMethods(), ['predict', 'generate']);
      const [predict] = await one.methodSignatures();
      assert.deepEqual(
        predict.inputFieldsList.map(({ name }) => name),
        ['prompt', 'loud'],
      );
    });

    it('calls one that answers at once', async () => {
      const one = model();
      await one.loadInfo();
      const outputs = await one.predict({ methodName: 'predict', prompt: 'hello', loud: true });
      assert.equal(Model.getOutputDataFromModelResponse(outputs).stringValue, 'HELLO');
    });

    it('calls one that answers bit by bit', async () => {
      const one = model();
      await one.loadInfo();
      const words = [];
      for await (const outputs of one.generate({ methodName: 'generate', prompt: 'one two' }))
        words.push(Model.getOutputDataFromModelResponse(outputs).stringValue);
      assert.deepEqual(words, ['one', 'two']);
    });
  });
});
