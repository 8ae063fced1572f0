const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { App, Dataset, Input, Search } = require('clarifai-nodejs');
const { authConfig } = require('./config.cjs');

async function hits(query, options = {}) {
  const all = [];
  for await (const { hitsList } of new Search({ authConfig: authConfig(), ...options }).query(query))
    all.push(...hitsList);
  return all;
}

const ids = async (query, options) => (await hits(query, options)).map(({ input }) => input.id);

describe('Search', () => {
  before(async () => {
    await new App({ authConfig: authConfig() }).createDataset({ datasetId: 'searched' });
    const input = new Input({ authConfig: authConfig() });
    const photo = { imageBytes: readFileSync(process.env.PHOTOGRAPH), datasetId: 'searched' };
    const at = (inputId, latitude, longitude, more) =>
      Input.getInputFromUrl({
        inputId,
        imageUrl: `https://samples.clarifai.com/${inputId}.jpg`,
        geoInfo: { latitude, longitude },
        ...more,
      });
    await input.uploadInputs({
      inputs: [
        Input.getInputFromBytes({ inputId: 'photo', ...photo, labels: ['train'], metadata: { by: 'me' } }),
        at('berlin', 52.5, 13.4, { labels: ['city'], metadata: { by: 'you' } }),
        at('paris', 48.9, 2.4, { labels: ['city'] }),
        Input.getTextInput({ inputId: 'words', rawText: 'a train leaves the station', labels: ['text'] }),
      ],
      showLog: false,
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
  });

  it('ranks by image', async () => {
    const imageBytes = readFileSync(process.env.PHOTOGRAPH);
    const [best] = await hits({ ranks: [{ imageBytes }] });
    assert.equal(best.input.id, 'photo');
    assert.ok(best.score > 0.99);
    assert.ok((await ids({ ranks: [{ imageUrl: 'https://samples.clarifai.com/berlin.jpg' }] })).includes('berlin'));
  });

  it('ranks by text and by concepts', async () => {
    assert.equal((await ids({ ranks: [{ textRaw: 'leaves the station' }] }))[0], 'words');
    assert.equal((await ids({ ranks: [{ concepts: [{ id: 'id-city', value: 1 }] }] })).length > 0, true);
  });

  it('filters by concepts, metadata and place', async () => {
    assert.deepEqual((await ids({ filters: [{ concepts: [{ id: 'id-city', value: 1 }] }] })).sort(), [
      'berlin',
      'paris',
    ]);
    assert.deepEqual(await ids({ filters: [{ metadata: { by: 'me' } }] }), ['photo']);
    const geoPoint = { latitude: 52.4, longitude: 13.3, geoLimit: 50 };
    assert.deepEqual(await ids({ filters: [{ geoPoint }] }), ['berlin']);
    assert.deepEqual(await ids({ filters: [{ geoPoint }, { metadata: { by: 'me' } }] }), []);
  });

  it('filters by type, dataset and status', async () => {
    assert.deepEqual(await ids({ filters: [{ inputTypes: ['text'] }] }), ['words']);
    assert.deepEqual(await ids({ filters: [{ inputDatasetIds: ['searched'] }] }), ['photo']);
    assert.deepEqual(await ids({ filters: [{ inputDatasetIds: ['unknown'] }] }), []);
    assert.equal((await ids({ filters: [{ inputStatusCode: 30000 }] })).length, 4);
  });

  it('gives as many hits as are asked for, and pages', async () => {
    assert.equal((await ids({ ranks: [{ textRaw: 'train' }] }, { topK: 2 })).length >= 2, true);
    const first = new Search({ authConfig: authConfig() }).query({
      filters: [{ inputTypes: ['image'] }],
      page: 2,
      perPage: 2,
    });
    const { value } = await first.next();
    assert.equal(value.hitsList.length, 1);
  });

  it('compares by cosine, too', async () => {
    const imageBytes = readFileSync(process.env.PHOTOGRAPH);
    const [best] = await hits({ ranks: [{ imageBytes }] }, { metric: 'cosine', algorithm: 'brute_force' });
    assert.equal(best.input.id, 'photo');
  });
});
