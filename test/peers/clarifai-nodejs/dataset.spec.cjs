const assert = require('node:assert/strict');
const { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, Dataset, Search } = require('clarifai-nodejs');
const { authConfig, collect } = require('./config.cjs');

async function inDataset(datasetId, count) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const pages = new Search({ authConfig: authConfig(), topK: 100 }).query({
      filters: [{ inputDatasetIds: [datasetId] }],
    });
    const { value } = await pages.next();
    if (value.hitsList.length === count) return value.hitsList.map(({ input }) => input.id).sort();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`There were never ${count} inputs in ${datasetId}`);
}

describe('Dataset', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clarifai-nodejs-'));
  const datasetId = 'uploads';
  const dataset = new Dataset({ authConfig: authConfig(), datasetId });

  before(() => new App({ authConfig: authConfig() }).createDataset({ datasetId }));

  it('uploads folders of images and texts, with their names as labels', async () => {
    const images = join(folder, 'trains');
    const texts = join(folder, 'notes');
    mkdirSync(images);
    mkdirSync(texts);
    copyFileSync(process.env.PHOTOGRAPH, join(images, 'metro.jpg'));
    writeFileSync(join(texts, 'one.txt'), 'first');
    writeFileSync(join(texts, 'two.txt'), 'second');
    await dataset.uploadFromFolder({ folderPath: images, inputType: 'image', labels: true });
    await dataset.uploadFromFolder({ folderPath: texts, inputType: 'text', labels: false });
    assert.deepEqual(await inDataset(datasetId, 3), ['metro', 'one', 'two']);
  });

  it('uploads what a CSV file lists', async () => {
    const csvPath = join(folder, 'urls.csv');
    writeFileSync(csvPath, 'inputid,input,concepts,metadata,geopoints\ncsv,https://samples.clarifai.com/csv.jpg,,,\n');
    await dataset.uploadFromCSV({ csvPath, inputType: 'image', csvType: 'url', labels: false });
    assert.deepEqual(await inDataset(datasetId, 4), ['csv', 'metro', 'one', 'two']);
  });

  it('makes versions, lists and deletes them', async () => {
    const version = await dataset.createVersion({ id: 'v1', description: 'first', metadata: { from: 'sdk' } });
    assert.deepEqual([version.id, version.description], ['v1', 'first']);
    await dataset.createVersion({ id: 'v2', description: 'second' });
    assert.deepEqual((await collect(dataset.listVersions())).map(({ id }) => id).sort(), ['v1', 'v2']);
    await dataset.deleteVersion('v1');
    assert.deepEqual(
      (await collect(dataset.listVersions())).map(({ id }) => id),
      ['v2'],
    );
  });
});
