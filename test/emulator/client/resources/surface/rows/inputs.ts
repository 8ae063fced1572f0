import { join } from 'node:path';
import { answers, call, hasOutcome, list, rejects, type Row } from '../row';
import { five } from '../world';

const fast = { pollMs: 5, maxPollMs: 5 };
const made = [{ id: 'new', text: 'new' }];
const cloud = [{ url: 's3://bucket/note.txt', jobId: 'new' }];

/** Inputs, and the jobs that add them. */
export const inputRows: Readonly<Record<string, Row>> = {
  'Inputs.add': call(
    ['PostInputs'],
    ({ app }, options) => app.inputs.add(made, options),
    rejects(({ nowhere }, options) => nowhere.inputs.add(made, options)),
    { failsInOutcomes: ['PostInputs'] },
  ),
  'Inputs.ingest': call(
    ['PostInputs'],
    ({ app }, options) => app.inputs.ingest(made, options),
    rejects(({ nowhere }, options) => nowhere.inputs.ingest(made, options)),
    { failsInOutcomes: ['PostInputs'] },
  ),
  'Inputs.addFromCloud': call(
    ['PostInputsDataSources'],
    ({ app }, options) => app.inputs.addFromCloud(cloud, options),
    rejects(({ nowhere }, options) => nowhere.inputs.addFromCloud(cloud, options)),
  ),
  'Inputs.addArchive': call(
    ['PostInputsUploads', 'PutUploadContentParts', 'GetInputsAddJob'],
    ({ app, zip }, options) => app.inputs.addArchive(zip, { ...fast, ...options }),
    rejects(({ nowhere, zip }, options) => nowhere.inputs.addArchive(zip, { ...fast, ...options })),
  ),
  'Inputs.list': list(
    ['ListInputs'],
    ({ app }, options) => app.inputs.list({}, options),
    rejects(({ nowhere }, options) => nowhere.inputs.list({}, options)),
  ),
  'Inputs.list, of a dataset': list(
    ['ListDatasetInputs'],
    ({ app }, options) => app.inputs.list({ datasetId: 'dataset-1' }, options),
    rejects(({ app }, options) => app.inputs.list({ datasetId: 'none' }, options)),
  ),
  'Inputs.scan': list(
    ['StreamInputs'],
    ({ app }, options) => app.inputs.scan(options),
    rejects(({ nowhere }, options) => nowhere.inputs.scan(options)),
  ),
  'Inputs.get': call(
    ['GetInput'],
    ({ app }, options) => app.inputs.get('input-1', options),
    rejects(({ app }, options) => app.inputs.get('none', options)),
  ),
  'Inputs.count': call(
    ['GetInputCount'],
    ({ app }, options) => app.inputs.count(options),
    rejects(({ nowhere }, options) => nowhere.inputs.count(options)),
  ),
  'Inputs.patch': call(
    ['PatchInputs'],
    ({ app }, options) => app.inputs.patch([{ id: 'input-1', concepts: ['concept-2'] }], options),
    rejects(({ app }, options) => app.inputs.patch([{ id: 'none', concepts: ['concept-2'] }], options)),
    { failsInOutcomes: ['PatchInputs'] },
  ),
  'Inputs.delete': call(
    ['DeleteInputs'],
    ({ app }, options) => app.inputs.delete(['input-1'], options),
    answers(
      'the service deletes inputs in its own time, and does not say which were there',
      ({ app }, options) => app.inputs.delete(['none'], options),
      (result) => expect(result).toBeUndefined(),
    ),
    { deletes: ['input input-1', 'member input-1', 'annotation *'] },
  ),
  'Inputs.deleteAll': call(
    ['StreamInputs', 'DeleteInputs'],
    ({ app, emulator }, options) => app.inputs.deleteAll({ confirm: emulator.appId, ...options }),
    rejects(({ nowhere }, options) => nowhere.inputs.deleteAll({ confirm: 'nowhere', ...options })),
    { deletes: ['input *', 'member *', 'annotation *'] },
  ),
  'Inputs.waitUntilProcessed': call(
    ['ListInputs'],
    ({ app }, options) => app.inputs.waitUntilProcessed(five('input'), { ...fast, ...options }),
    hasOutcome(({ app }, options) => app.inputs.waitUntilProcessed(['none'], { ...fast, ...options })),
  ),
  'Inputs.waitUntilDeleted': call(
    ['ListInputs'],
    ({ app }, options) => app.inputs.waitUntilDeleted(['gone'], { ...fast, ...options }),
    answers(
      'an input that is not there is what is waited for',
      ({ app }, options) => app.inputs.waitUntilDeleted(['gone'], { ...fast, ...options }),
      (result) => expect(result).toBeUndefined(),
    ),
  ),
  'Inputs.download': call(
    ['ListInputs'],
    ({ app, folder }, options) => app.inputs.download(app.inputs.list({}, options), join(folder, 'media'), options),
    hasOutcome(async function* ({ app, folder }, options) {
      const gone = { ...(await app.inputs.get('input-1')), id: 'gone', data: undefined };
      yield* app.inputs.download([gone], join(folder, 'media'), options);
    }),
  ),

  'InputJobs.list': list(
    ['ListInputsAddJobs'],
    ({ app }, options) => app.inputs.jobs.list(options),
    rejects(({ nowhere }, options) => nowhere.inputs.jobs.list(options)),
  ),
  'InputJobs.get': call(
    ['GetInputsAddJob'],
    ({ app }, options) => app.inputs.jobs.get('job-1', options),
    rejects(({ app }, options) => app.inputs.jobs.get('none', options)),
  ),
  'InputJobs.wait': call(
    ['GetInputsAddJob'],
    ({ app }, options) => app.inputs.jobs.wait('job-1', { ...fast, ...options }),
    rejects(({ app }, options) => app.inputs.jobs.wait('none', { ...fast, ...options })),
  ),
  'InputJobs.cancel': call(
    ['CancelInputsAddJob'],
    ({ app }, options) => app.inputs.jobs.cancel('job-1', options),
    rejects(({ app }, options) => app.inputs.jobs.cancel('none', options)),
  ),
  'InputJobs.listExtractions': list(
    ['ListInputsExtractionJobs'],
    ({ app }, options) => app.inputs.jobs.listExtractions(options),
    rejects(({ nowhere }, options) => nowhere.inputs.jobs.listExtractions(options)),
  ),
  'InputJobs.getExtraction': call(
    ['GetInputsExtractionJob'],
    ({ app, ids }, options) => app.inputs.jobs.getExtraction(ids.extraction, options),
    rejects(({ app }, options) => app.inputs.jobs.getExtraction('none', options)),
  ),
  'InputJobs.cancelExtractions': call(
    ['CancelInputsExtractionJobs'],
    ({ app, ids }, options) => app.inputs.jobs.cancelExtractions([ids.extraction], options),
    rejects(({ app }, options) => app.inputs.jobs.cancelExtractions(['none'], options)),
  ),
};
