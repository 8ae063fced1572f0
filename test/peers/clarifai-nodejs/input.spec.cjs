const assert = require('node:assert/strict');
const { mkdtempSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { EventEmitter } = require('node:events');
const { Input, Search } = require('clarifai-nodejs');
const { authConfig } = require('./config.cjs');

const { PHOTOGRAPH } = process.env;

/** Ids of the inputs that are there, as a search without ranks finds them. */
async function found(filter) {
  const pages = new Search({ authConfig: authConfig(), topK: 1000 }).query({ filters: [filter] });
  const { value } = await pages.next();
  return value.hitsList.map(({ input }) => input.id);
}

const untilFound = async (filter, ids) => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const all = await found(filter);
    if (ids.every((id) => all.includes(id))) return all;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Did not find ${ids.join(', ')}`);
};

describe('Input', () => {
  const input = new Input({ authConfig: authConfig() });

  it('uploads what is at a URL, bytes, files and text', async () => {
    const job = await input.uploadFromUrl({ inputId: 'by-url', imageUrl: 'https://samples.clarifai.com/sdk.jpg' });
    assert.match(job, /^[0-9a-f-]{36}$/);
    const imageBytes = require('node:fs').readFileSync(PHOTOGRAPH);
    await input.uploadFromBytes({ inputId: 'by-bytes', imageBytes, labels: ['train'], metadata: { from: 'camera' } });
    await input.uploadFromFile({ inputId: 'by-file', imageFile: PHOTOGRAPH });
    await input.uploadText({ inputId: 'by-text', rawText: 'all aboard' });
    await input.uploadFromUrl({ inputId: 'video-url', videoUrl: 'https://samples.clarifai.com/beer.mp4' });
    await input.uploadFromUrl({ inputId: 'audio-url', audioUrl: 'https://samples.clarifai.com/negative.wav' });
    await untilFound({ inputTypes: ['image'] }, ['by-url', 'by-bytes', 'by-file']);
    await untilFound({ inputTypes: ['text'] }, ['by-text']);
    await untilFound({ inputTypes: ['video'] }, ['video-url']);
    await untilFound({ inputTypes: ['audio'] }, ['audio-url']);
  });

  it('uploads an image and a text as one input', async () => {
    const both = Input.getMultimodalInput({
      inputId: 'both',
      rawText: 'What is this?',
      imageUrl: 'https://samples.clarifai.com/both.jpg',
    });
    await input.uploadInputs({ inputs: [both], showLog: false });
    await untilFound({ inputTypes: ['image'] }, ['both']);
  });

  it('is told of an id that is taken', async () => {
    await input.uploadText({ inputId: 'taken', rawText: 'one' });
    const error = await input.uploadText({ inputId: 'taken', rawText: 'two' }).catch((thrown) => thrown);
    assert.equal(error.cause.inputsList[0].status.details, 'Input has a duplicate ID.');
  });

  it('patches inputs', async () => {
    await input.uploadText({ inputId: 'patched', rawText: 'x' });
    const patch = Input.getTextInput({ inputId: 'patched', rawText: 'x', labels: ['new'], metadata: { seen: true } });
    await input.patchInputs({ inputs: [patch], action: 'merge' });
    assert.deepEqual(await untilFound({ metadata: { seen: true } }, ['patched']), ['patched']);
  });

  it('annotates inputs with boxes and polygons', async () => {
    await input.uploadFromUrl({ inputId: 'annotated', imageUrl: 'https://samples.clarifai.com/annotated.jpg' });
    const box = Input.getBboxProto({ inputId: 'annotated', label: 'engine', bbox: [0.1, 0.2, 0.5, 0.6] });
    const corners = [
      [
        [0.1, 0.1],
        [0.2, 0.1],
        [0.2, 0.2],
      ],
    ];
    const polygon = Input.getMaskProto({ inputId: 'annotated', label: 'wheel', polygons: corners });
    assert.deepEqual(await input.uploadAnnotations({ batchAnnot: [box, polygon], showLog: false }), []);
    await untilFound({ concepts: [{ id: 'id-engine', value: 1 }] }, ['annotated']);
    await untilFound({ concepts: [{ id: 'id-wheel', value: 1 }] }, ['annotated']);
  });

  it('uploads many inputs in batches, and says how far it is', async () => {
    const inputs = Array.from({ length: 300 }, (_, at) =>
      Input.getTextInput({ inputId: `many-${at}`, rawText: `text ${at}` }),
    );
    const events = [];
    const emitter = new EventEmitter();
    for (const name of ['start', 'progress', 'end'])
      emitter.on(name, ({ current, total }) => events.push([name, current, total]));
    await input.bulkUpload({ inputs, batchSize: 128, uploadProgressEmitter: emitter });
    assert.deepEqual(events[0], ['start', 0, 3]);
    assert.deepEqual(events.at(-1), ['end', 3, 3]);
    await untilFound({ inputTypes: ['text'] }, ['many-0', 'many-299']);
  });

  it('reads inputs from a CSV file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clarifai-nodejs-'));
    const csvPath = join(folder, 'inputs.csv');
    writeFileSync(
      csvPath,
      'inputid,input,concepts,metadata,geopoints\ncsv-1,first text,good,,\ncsv-2,second text,bad,,\n',
    );
    const inputs = await Input.getInputsFromCsv({ csvPath, inputType: 'text', csvType: 'raw' });
    await input.uploadInputs({ inputs, showLog: false });
    await untilFound({ concepts: [{ id: 'id-good', value: 1 }] }, ['csv-1']);
  });
});
