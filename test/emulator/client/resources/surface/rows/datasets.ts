import { join } from 'node:path';
import { StatusCode } from '../../../../../../generated/proto/clarifai/api/status/status_code';
import { answers, call, elsewhere, errorsIn, list, rejects, type Row } from '../row';
import { picture } from '../../harness';

const fast = { pollMs: 5, maxPollMs: 5 };
const annotated = [{ id: 'new', image: picture(1, 2, 3), annotations: [{ concepts: ['concept-1'] }] }];
const made = [{ id: 'new', text: 'new' }];

const refusesInput = 'the service takes a dataset that is not there for an argument of the input that is wrong';
const saysNoDataset = (result: unknown): void => {
  const errors = errorsIn(result);
  expect(errors).not.toEqual([]);
  for (const { statusCode, details } of errors) {
    expect([statusCode, details]).toEqual([StatusCode.INPUT_INVALID_ARGUMENT, "The dataset 'none' does not exist."]);
  }
};

/** Datasets and their versions. */
export const datasetRows: Readonly<Record<string, Row>> = {
  'Datasets.list': list(
    ['ListDatasets'],
    ({ app }, options) => app.datasets.list({}, options),
    rejects(({ nowhere }, options) => nowhere.datasets.list({}, options)),
  ),
  'Datasets.create': call(
    ['PostDatasets'],
    ({ app }, options) => app.datasets.create('new', {}, options),
    rejects(({ nowhere }, options) => nowhere.datasets.create('new', {}, options)),
  ),
  'Datasets.delete': call(
    ['DeleteDatasets'],
    ({ app }, options) => app.datasets.delete(['dataset-1'], options),
    rejects(({ app }, options) => app.datasets.delete(['none'], options)),
    { deletes: ['dataset dataset-1', 'dataset version *', 'member *'] },
  ),

  'Dataset.get': call(
    ['GetDataset'],
    ({ app }, options) => app.dataset('dataset-1').get(options),
    rejects(({ app }, options) => app.dataset('none').get(options)),
  ),
  'Dataset.patch': call(
    ['PatchDatasets'],
    ({ app }, options) => app.dataset('dataset-1').patch({ description: 'new' }, options),
    rejects(({ app }, options) => app.dataset('none').patch({ description: 'new' }, options)),
  ),
  'Dataset.listInputs': list(
    ['ListDatasetInputs'],
    ({ app }, options) => app.dataset('dataset-1').listInputs(options),
    rejects(({ app }, options) => app.dataset('none').listInputs(options)),
  ),
  'Dataset.add': call(
    ['PostInputs'],
    ({ app }, options) => app.dataset('dataset-1').add(made, options),
    answers(refusesInput, ({ app }, options) => app.dataset('none').add(made, options), saysNoDataset),
    { failsInOutcomes: ['PostInputs'] },
  ),
  'Dataset.ingest': call(
    ['PostInputs'],
    ({ app }, options) => app.dataset('dataset-1').ingest(made, options),
    answers(refusesInput, ({ app }, options) => app.dataset('none').ingest(made, options), saysNoDataset),
    { failsInOutcomes: ['PostInputs'] },
  ),
  'Dataset.upload': call(
    ['PostInputs', 'GetInputsAddJob', 'ListInputs', 'PostAnnotations'],
    ({ app }, options) => app.dataset('dataset-1').upload(annotated, options),
    answers(refusesInput, ({ app }, options) => app.dataset('none').upload(annotated, options), saysNoDataset),
    {
      failsInOutcomes: ['PostInputs', 'PostAnnotations'],
      survives: { ListInputs: 'inputs are looked at again for as long as the service takes' },
      spares: { GetInputsAddJob: 'the job tells when to look; what became of an input, the list' },
    },
  ),
  'Dataset.count': call(
    ['PostDatasetVersions', 'GetDatasetVersion', 'ListDatasetVersionMetricsGroups', 'DeleteDatasetVersions'],
    ({ app }, options) => app.dataset('dataset-1').count({ ...fast, ...options }),
    rejects(({ app }, options) => app.dataset('none').count({ ...fast, ...options })),
  ),
  'Dataset.merge': call(
    ['PostDatasetInputs'],
    ({ app }, options) => app.dataset('dataset-2').merge('dataset-1', options),
    rejects(({ app }, options) => app.dataset('none').merge('dataset-1', options)),
  ),
  'Dataset.remove': call(
    ['DeleteDatasetInputs'],
    ({ app }, options) => app.dataset('dataset-1').remove(['input-1'], options),
    rejects(({ app }, options) => app.dataset('none').remove(['input-1'], options)),
    { deletes: ['member input-1'] },
  ),

  'DatasetVersions.list': list(
    ['ListDatasetVersions'],
    ({ app }, options) => app.dataset('dataset-1').versions.list(options),
    rejects(({ app }, options) => app.dataset('none').versions.list(options)),
  ),
  'DatasetVersions.get': call(
    ['GetDatasetVersion'],
    ({ app, ids }, options) => app.dataset('dataset-1').versions.get(ids.datasetVersion, options),
    rejects(({ app }, options) => app.dataset('dataset-1').versions.get('none', options)),
  ),
  'DatasetVersions.create': call(
    ['PostDatasetVersions'],
    ({ app }, options) => app.dataset('dataset-1').versions.create({}, options),
    rejects(({ app }, options) => app.dataset('none').versions.create({}, options)),
  ),
  'DatasetVersions.wait': call(
    ['GetDatasetVersion'],
    ({ app, ids }, options) => app.dataset('dataset-1').versions.wait(ids.datasetVersion, { ...fast, ...options }),
    rejects(({ app }, options) => app.dataset('dataset-1').versions.wait('none', { ...fast, ...options })),
  ),
  'DatasetVersions.listMetrics': list(
    ['ListDatasetVersionMetricsGroups'],
    ({ app, ids }, options) => app.dataset('dataset-1').versions.listMetrics(ids.datasetVersion, options),
    rejects(({ app }, options) => app.dataset('dataset-1').versions.listMetrics('none', options)),
  ),
  'DatasetVersions.export': call(
    ['PutDatasetVersionExports'],
    ({ app, ids }, options) => app.dataset('dataset-1').versions.export(ids.datasetVersion, { ...fast, ...options }),
    rejects(({ app }, options) => app.dataset('dataset-1').versions.export('none', { ...fast, ...options })),
  ),
  'DatasetVersions.download': call(
    ['PutDatasetVersionExports'],
    ({ app, ids, folder }, options) => {
      const { versions } = app.dataset('dataset-1');
      return versions.download(ids.datasetVersion, join(folder, 'archive.zip'), { ...fast, ...options });
    },
    rejects(({ app, folder }, options) => {
      const { versions } = app.dataset('dataset-1');
      return versions.download('none', join(folder, 'archive.zip'), { ...fast, ...options });
    }),
  ),
  'DatasetVersions.unpack': call(
    ['PutDatasetVersionExports'],
    ({ app, ids, folder }, options) => {
      return app.dataset('dataset-1').versions.unpack(ids.datasetVersion, folder, { ...fast, ...options });
    },
    rejects(({ app, folder }, options) => {
      return app.dataset('dataset-1').versions.unpack('none', folder, { ...fast, ...options });
    }),
  ),
  'DatasetVersions.unpackArchive': elsewhere('test/emulator/client/resources/unpack.test.ts'),
  'DatasetVersions.delete': call(
    ['DeleteDatasetVersions'],
    ({ app, ids }, options) => app.dataset('dataset-1').versions.delete([ids.datasetVersion], options),
    rejects(({ app }, options) => app.dataset('dataset-1').versions.delete(['none'], options)),
    { deletes: ['dataset version version-1'] },
  ),
};
