import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PointLike } from '../../../src/inputs/annotation';
import type { InputLike } from '../../../src/inputs/input-like';
import { collect } from '../../../src/operations/collect';
import type { AnnotatedInput } from '../../../src/resources/upload-annotated';
import { fromCsv } from '../../../src/sources/from-csv';
import { fromFolder } from '../../../src/sources/from-folder';
import type { RowOptions } from '../../../src/sources/row';
import type { SdkBench, SdkCalls } from './sdk-calls';

const bytes = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256);
const texts = ['texts/t0.txt', 'texts/t1.txt', 'texts/t2.txt', 'texts/t3.txt', 'texts/t4.txt', 'texts/skipped.md'];

const fromRows =
  (name: string, options: RowOptions) =>
  ({ clarifai, file }: SdkBench): unknown =>
    clarifai.dataset('dataset-1').ingest(fromCsv(file(name), options)).done;
const rawTexts = fromRows('texts.csv', { kind: 'text', inputColumn: 'raw' });

const folder = ({ clarifai, file }: SdkBench): unknown => {
  const [first = ''] = texts.map(file);
  return clarifai.dataset('dataset-1').ingest(fromFolder(dirname(first))).done;
};

const uploading =
  (...inputs: InputLike[]) =>
  ({ clarifai }: SdkBench): unknown =>
    clarifai.dataset('dataset-1').ingest(inputs).done;

/** Uploads annotated inputs; the SDK, too, does not wait until they are processed when the service says nothing of it. */
const uploadingAnnotated =
  (...items: readonly AnnotatedInput[]) =>
  ({ clarifai }: SdkBench): unknown =>
    collect(clarifai.dataset('dataset-1').upload(items, { ack: 'accepted' }));

const metadata = { filename: 'metro-north.jpg' };
const detection = uploadingAnnotated(
  {
    id: 'dataset-1-1',
    image: bytes,
    metadata,
    annotations: [
      { box: { left: 0.1, top: 0.2, right: 0.5, bottom: 0.6 }, concepts: ['cat'] },
      { box: { left: 0, top: 0, right: 1, bottom: 1 }, concepts: ['dog'] },
    ],
  },
  {
    id: 'dataset-1-2',
    image: bytes,
    metadata,
    annotations: [
      { box: { left: 0.25, top: 0.25, right: 0.75, bottom: 0.75 }, concepts: [{ id: 'id-cat', name: 'cat' }] },
    ],
  },
);
const polygon = (...corners: readonly (readonly [x: number, y: number])[]): readonly PointLike[] =>
  corners.map(([x, y]) => ({ x, y }));

export const datasetCalls: SdkCalls = {
  'dataset/url-bad': ({ clarifai }) => clarifai.dataset('https://clarifai.com/user-1/app-1').get(),
  'dataset.create_version/metadata-struct': ({ clarifai }) =>
    clarifai.dataset('dataset-1').versions.create({ description: 'd', metadata: { a: 1 } }),
  'dataset.create_version/failure': ({ clarifai }) => clarifai.dataset('dataset-1').versions.create(),
  'dataset.list_versions': ({ clarifai }) => clarifai.dataset('dataset-1').versions.list().toArray(),
  'dataset.delete_version': ({ clarifai }) => clarifai.dataset('dataset-1').versions.delete(['version-1']),
  'dataset.list_inputs': ({ clarifai }) => clarifai.dataset('dataset-1').listInputs().toArray(),
  'dataset.merge_dataset': ({ clarifai }) => clarifai.dataset('dataset-1').merge('dataset-2'),
  'dataset.archive_zip': ({ clarifai }) => clarifai.dataset('dataset-1').versions.export('v1', { pollMs: 1 }),
  'dataset.export/of-version': ({ clarifai }) => clarifai.dataset('dataset-1').versions.export('v1', { pollMs: 1 }),
  'dataset.upload_from_csv/raw': rawTexts,
  'dataset.upload_from_csv/one-column': rawTexts,
  'dataset.upload_from_csv/empty-concepts-row': rawTexts,
  'dataset.upload_from_csv/spaces-after-comma': rawTexts,
  'dataset.upload_from_csv/apostrophe-in-metadata': rawTexts,
  'dataset.upload_from_csv/three-geopoints': rawTexts,
  'dataset.upload_from_csv/unknown-column': rawTexts,
  'dataset.upload_from_csv/url-audio': fromRows('urls.csv', { kind: 'audio', inputColumn: 'url' }),
  'dataset.upload_from_csv/url-text': fromRows('urls.csv', { kind: 'text', inputColumn: 'url' }),
  'dataset.upload_from_csv/file_path-video': (bench) => {
    bench.file('beer.mp4');
    return fromRows('paths.csv', { kind: 'video', inputColumn: 'file_path' })(bench);
  },
  'dataset.upload_from_csv/no-file': ({ clarifai }) =>
    clarifai.dataset('dataset-1').ingest(fromCsv('no-such.csv', { kind: 'text', inputColumn: 'raw' })).done,
  'dataset.upload_from_folder/trailing-slash': folder,
  'dataset.upload_from_folder/no-folder': ({ clarifai }) =>
    clarifai.dataset('dataset-1').ingest(fromFolder('no-such')).done,
  'dataset.upload_from_folder/empty': ({ clarifai, file }) => {
    const empty = join(dirname(file('empty.jpg')), 'empty');
    mkdirSync(empty, { recursive: true });
    return clarifai.dataset('dataset-1').ingest(fromFolder(empty)).done;
  },
  'dataset.upload_from_folder/one-fails-always': folder,
  'dataset.upload_from_folder/job-pending': folder,
  'dataset.upload_dataset/text_classification': uploading(
    { id: 'dataset-1-1', text: 'a text', concepts: ['cat'] },
    { id: 'dataset-1-2', text: 'b text', concepts: ['dog'], metadata: { k: 'v' } },
    { id: 'dataset-1-3', text: 'c text' },
    {
      id: 'dataset-1-00000000',
      text: 'd text',
      concepts: [
        { id: 'id-x', name: 'x' },
        { id: 'id-y', name: 'y' },
      ],
    },
  ),
  'dataset.upload_dataset/visual_captioning': uploading(
    { id: 'dataset-1-1', image: bytes, concepts: ['cat'], metadata: { filename: 'metro-north.jpg' } },
    {
      id: 'dataset-1-2',
      image: bytes,
      concepts: ['dog'],
      metadata: { k: 'v' },
      geo: { longitude: -30, latitude: 40.5 },
    },
    { id: 'dataset-1-3', image: bytes, concepts: [{ id: 'id-cat', name: 'cat' }] },
  ),
  'dataset.upload_dataset/visual_detection': detection,
  'dataset.upload_dataset/annotations-fail-once': detection,
  'dataset.upload_dataset/visual_segmentation': uploadingAnnotated(
    {
      id: 'dataset-1-1',
      image: bytes,
      metadata,
      annotations: [
        { polygon: polygon([0.1, 0.2], [0.5, 0.6], [0.3, 0.9]), concepts: ['cat'] },
        { polygon: polygon([0, 0], [1, 0], [1, 1]), concepts: ['dog'] },
      ],
    },
    {
      id: 'dataset-1-2',
      image: bytes,
      metadata,
      annotations: [{ polygon: polygon([0.5, 0.5], [0.6, 0.5], [0.6, 0.6]), concepts: ['cat'] }],
    },
  ),
};

export const datasetsWithoutRequest: Readonly<Record<string, string>> = {
  'dataset/url-and-id': 'a dataset is named in one way',
  'dataset.export/no-archive': 'an archive that is there is read with `fromZip` or any other reader',
  'dataset.upload_from_csv/one-column-with-labels': 'concepts are taken from a column that is there',
  'dataset.upload_from_csv/default-csv_type': 'the type knows the kinds of columns',
  'dataset.upload_from_csv/bad-input_type': 'the type refuses other kinds of media',
  'dataset.upload_from_csv/raw-image': 'a wrong option of a source: tested with sources',
  'dataset.upload_from_folder/image-300': 'the recording names 300 files by a rule; folders are tested with sources',
  'dataset.upload_from_csv/batch_size': 'requests are packed by the ingestion',
  'dataset.upload_from_folder/batch_size-3': 'requests are packed by the ingestion',
  'dataset.upload_from_folder/batch_size-0': 'requests are packed by the ingestion',
  'dataset.upload_from_folder/video': 'files are of the kind that their first bytes say',
  'dataset.upload_dataset/bad-task': 'a loader is an iterable of inputs: it has no task',
  'dataset.upload_dataset/batch-size-sticks': 'requests are packed by the ingestion',
  'dataset.upload_dataset/one-fails-once': 'retries are tested with the ingestion',
  'dataset.upload_dataset/one-fails-always': 'retries are tested with the ingestion',
  'dataset.retry_upload_from_logs': 'dead letters take the place of logs: tested with the ingestion',
  'dataset.get_upload_status': 'counts are read from a version: the SDK fails on its own documented call',
  'dataset.get_upload_status/timeout': 'counts are read from a version',
  'dataset.get_upload_status/metrics-fail': 'counts are read from a version',
};
