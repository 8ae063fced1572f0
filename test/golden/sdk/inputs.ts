import type { InputLike, InputLiteral } from '../../../src/inputs/input-like';
import type { SdkBench, SdkCalls } from './sdk-calls';

const samples = 'https://samples.clarifai.com';
const train = `${samples}/metro-north.jpg`;
const beer = `${samples}/beer.mp4`;
const morning = 'https://s3.amazonaws.com/samples.clarifai.com/GoodMorning.wav';
const llama = `${samples}/featured-models/Llama2_Conversational-agent.txt`;
const bytes = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256);

/** The SDK gives concepts their id for a name. */
const label = (name: string, id = name): { readonly id: string; readonly name: string } => ({ id, name });

const adding =
  (...inputs: InputLike[]) =>
  ({ clarifai }: SdkBench): unknown =>
    clarifai.postInputs(inputs);
const addingFile =
  (name: string, literal: (file: string) => InputLiteral) =>
  ({ clarifai, file }: SdkBench): unknown =>
    clarifai.postInputs([literal(file(name))]);

export const inputsCalls: SdkCalls = {
  'inputs.upload_from_url/video': adding({ id: 'demo', video: beer }),
  'inputs.upload_from_url/audio': adding({ id: 'demo', audio: morning }),
  'inputs.upload_from_url/text': adding({ id: 'demo', text: { url: llama } }),
  'inputs.upload_from_url/audio-003': adding({ id: 'audio_data', audio: morning }),
  'inputs.upload_from_url/video-003': adding({ id: 'video_data', video: beer }),
  'inputs.upload_from_url/all-four': adding({
    id: 'demo',
    image: train,
    video: beer,
    audio: morning,
    text: { url: llama },
  }),
  'inputs.upload_from_url/dataset_id': adding({ id: 'demo', image: train, datasetIds: ['dataset-1'] }),
  'inputs.upload_from_url/labels-and-ids': adding({
    id: 'demo',
    image: train,
    concepts: [label('Mobile', 'm'), label('Camera', 'c')],
  }),
  'inputs.upload_from_url/empty-labels': adding({ id: 'demo', image: train, concepts: [] }),
  'inputs.upload_from_url/geo_info': adding({
    id: 'geo_info',
    image: train,
    geo: { longitude: 102, latitude: 73 },
  }),
  'inputs.upload_from_url/geo_info-zero': adding({ id: 'demo', image: train, geo: { longitude: 0, latitude: 0 } }),
  'inputs.upload_from_url/metadata-image': adding({
    id: 'metadata',
    image: train,
    metadata: { filename: 'metro-north.jpg', split: 'train' },
  }),
  'inputs.upload_from_url/metadata-video': adding({
    id: 'video_data_metadata',
    video: beer,
    metadata: { filename: 'drinks.jpg', split: 'train' },
  }),
  'inputs.upload_from_url/metadata-audio': adding({
    id: 'audio_data_metadata',
    audio: morning,
    metadata: { filename: 'goodmorning.wav', split: 'test' },
  }),
  'inputs.upload_from_url/metadata-rich': adding({
    id: 'demo',
    image: train,
    metadata: { n: null, t: true, f: 1.5, l: [1, 'a', null, { d: [] }], u: 'ünï \u{1F600}' },
  }),
  'inputs.upload_from_url/failure': adding({ id: 'demo', image: train }),
  'inputs.upload_from_file/audio': addingFile('GoodMorning.wav', (file) => ({ id: 'demo', audio: { file } })),
  'inputs.upload_from_file/text': addingFile('tweet.txt', (file) => ({ id: 'demo', text: { file } })),
  'inputs.upload_from_file/text-unicode': addingFile('unicode.txt', (file) => ({ id: 'demo', text: { file } })),
  'inputs.upload_from_file/text-not-utf8': addingFile('metro-north.jpg', (file) => ({ id: 'demo', text: { file } })),
  'inputs.upload_from_file/with-options': addingFile('metro-north.jpg', (file) => ({
    id: 'demo',
    image: { file },
    datasetIds: ['dataset-1'],
    concepts: [label('a')],
  })),
  'inputs.upload_from_file/empty-file': addingFile('empty.jpg', (file) => ({ id: 'demo', image: { file } })),
  'inputs.upload_from_file/nothing': adding({ id: 'demo' }),
  'inputs.upload_from_bytes/image': adding({ id: 'demo', image: bytes }),
  'inputs.upload_from_bytes/audio': adding({ id: 'demo', audio: bytes }),
  'inputs.upload_from_bytes/text-metadata': adding({
    id: 'text_data_metadata',
    text: 'Write a tweet on future of AI',
    metadata: { filename: 'tweet.txt', split: 'train' },
  }),
  'inputs.upload_from_bytes/empty': adding({ id: 'demo', image: new Uint8Array() }),
  'inputs.upload_from_bytes/nothing': adding({ id: 'demo' }),
  'inputs.upload_text/options': adding({
    id: 'demo',
    text: 'prix: 3 €',
    datasetIds: ['dataset-1'],
    concepts: [label('fr')],
    metadata: { a: [1] },
  }),
  'inputs.upload_inputs/three': adding(...[0, 1, 2].map((at) => ({ id: `t${at}`, text: `text ${at}` }))),
  'inputs.upload_inputs/128': adding(
    ...Array.from({ length: 128 }, (_, at) => ({ id: `i${at}`, image: `${samples}/${at}.jpg` })),
  ),
  'inputs.upload_annotations/bbox': ({ clarifai }) =>
    clarifai.annotations.create([
      {
        id: 'demo',
        inputId: 'bbox',
        box: { left: 0.1, top: 0.1, right: 0.8, bottom: 0.9 },
        concepts: [label('face', 'id-face')],
      },
    ]),
  'inputs.list_inputs/page': ({ clarifai, onePage }) =>
    onePage(clarifai.inputs.list({}, { firstPage: 3, pageSize: 10 })),
  'inputs.list_inputs/dataset': ({ clarifai }) => clarifai.inputs.list({ datasetId: 'dataset-1' }).toArray(),
  'inputs.list_inputs/with-everything': ({ clarifai, onePage }) => onePage(clarifai.inputs.list({}, { pageSize: 16 })),
  'inputs.list_inputs/hosted-image': ({ clarifai, onePage }) => onePage(clarifai.inputs.list({}, { pageSize: 16 })),
  'inputs.list_inputs/failure': ({ clarifai }) => clarifai.inputs.list().toArray(),
  'inputs.list_annotations': ({ clarifai }) => clarifai.annotations.list({ inputIds: ['a', 'b'] }).toArray(),
  'inputs.list_annotations/page': ({ clarifai, onePage }) =>
    onePage(clarifai.annotations.list({}, { firstPage: 2, pageSize: 4 })),
  'inputs.delete_inputs': async ({ clarifai: { inputs } }) => {
    const listed = await inputs.list().toArray();
    await inputs.delete(listed.map(({ id }) => id));
  },
  'inputs.delete_inputs/failure': ({ clarifai }) => clarifai.inputs.delete(['a']),
  'inputs.delete_inputs/strings': ({ clarifai }) => clarifai.inputs.delete(['a', 'b']),
  'inputs.delete_inputs/empty': ({ clarifai }) => clarifai.inputs.delete([]),
  'inputs.patch_inputs/merge': ({ clarifai }) =>
    clarifai.inputs.patch([{ id: 'input_1', concepts: [label('cat')], metadata: { test: 'SUCCESS' } }]),
  'inputs.patch_inputs/remove': ({ clarifai }) =>
    clarifai.inputs.patch([{ id: 'input_1', concepts: [label('cat')], metadata: { test: 'SUCCESS' } }], {
      action: 'remove',
    }),
  'inputs.patch_inputs/failure': ({ clarifai }) => clarifai.inputs.patch([{ id: 'a' }]),
  'inputs.patch_annotations': ({ clarifai }) =>
    clarifai.annotations.patch([
      { id: 'a1', inputId: 'input_1', box: { left: 0.4, top: 0.4, right: 0.6, bottom: 0.6 }, concepts: [label('l')] },
    ]),
  'inputs.patch_concepts': ({ clarifai }) =>
    clarifai.concepts.patch([
      { id: 'c1', name: 'One', value: 0.5 },
      { id: 'c2', name: 'Two', value: 0.25 },
    ]),
  'inputs.patch_concepts/ids-only': ({ clarifai }) => clarifai.concepts.patch([{ id: 'c1' }, { id: 'c2' }]),
  'inputs.delete_annotations': ({ clarifai }) =>
    clarifai.annotations.delete([
      { inputId: 'i1', id: 'a1' },
      { inputId: 'i2', id: 'a2' },
    ]),
};

/** Calls that make a message and send nothing, or are refused before anything is sent: here the types refuse them, or nothing is to be compared. */
export const inputsWithoutRequest: Readonly<Record<string, string>> = {
  'inputs/constructor': 'makes a handle, as `app.inputs`',
  'inputs/constructor-kwargs': 'sets fields that nothing reads',
  'inputs/documented-import': 'the documented import is that of the protobuf message',
  'inputs.upload_from_url/label_ids-without-labels':
    'a concept is one object here: there are no labels apart from their ids',
  'inputs.upload_from_url/label_ids-mismatch':
    'a concept is one object here: there are no two lists to be of one length',
  'inputs.upload_from_url/geo_info-empty': 'a place is { latitude, longitude } here: the type refuses an empty one',
  'inputs.upload_from_url/geo_info-tuple': 'a place is { latitude, longitude } here',
  'inputs.upload_from_url/geo_info-one': 'a place is { latitude, longitude } here: the type refuses half of one',
  'inputs.upload_from_bytes/str': 'the type refuses a string for bytes',
  'inputs.upload_inputs/tuple': 'any iterable is taken here',
  'inputs.upload_inputs/one-input': 'the type refuses a single input for several',
  'inputs.get_input_from_url': 'inputs are plain objects here',
  'inputs.get_input_from_url/all': 'inputs are plain objects here',
  'inputs.get_input_from_file': 'inputs are plain objects here',
  'inputs.get_input_from_bytes': 'inputs are plain objects here',
  'inputs.get_text_input': 'inputs are plain objects here',
  'inputs.get_multimodal_input': 'inputs are plain objects here',
  'inputs.get_multimodal_input/bytes': 'inputs are plain objects here',
  'inputs.get_multimodal_input/both-images': 'an image is given once in an object',
  'inputs.get_multimodal_input/no-text': 'an image without text is an input like any other',
  'inputs.get_multimodal_input/error-then-upload': 'errors are thrown here, not returned',
  'inputs.get_text_inputs_from_folder': 'a folder is a source of an ingestion here',
  'inputs.get_inputs_from_csv/unknown-csv_type': 'a CSV file is a source of an ingestion here',
  'inputs.get_bbox_proto/plain': 'annotations are plain objects here',
  'inputs.get_bbox_proto/pixels': 'annotations are plain objects here; pixels are refused',
  'inputs.get_mask_proto': 'annotations are plain objects here',
  'inputs.get_mask_proto/ids': 'annotations are plain objects here',
  'inputs.list_inputs/type-bad': 'the type refuses other kinds of media',
  'inputs.delete_inputs/documented': 'ids are deleted here, not inputs; the documented call fails in the SDK too',
  'inputs.download_inputs': 'downloads are plain HTTP: tested with files, not with recorded RPCs',
  'inputs.download_inputs/generator': 'downloads are plain HTTP',
  'inputs.delete_annotations/mismatch':
    'an annotation is { inputId, id } here: there are no two lists to be of one length',
};
