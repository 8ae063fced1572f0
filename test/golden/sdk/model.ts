import type { InputLike } from '../../../src/inputs/input-like';
import { collect } from '../../../src/operations/collect';
import { throwIfFailed } from '../../../src/operations/outcome';
import type { ModelOutputsParams } from '../../../src/predict/model-outputs';
import type { Model } from '../../../src/resources/model';
import type { SdkBench, SdkCalls } from './sdk-calls';

const train = 'https://samples.clarifai.com/metro-north.jpg';
const agent = 'https://samples.clarifai.com/featured-models/Llama2_Conversational-agent.txt';
const pattern = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256);

const model = ({ clarifai }: SdkBench): Model => clarifai.model('model-1');
const version = ({ clarifai }: SdkBench): Model => clarifai.model({ id: 'model-1', versionId: 'model-version-1' });

type Asked = Omit<ModelOutputsParams, 'model' | 'inputs'>;

const predicting =
  (input: InputLike, asked: Asked = {}) =>
  (bench: SdkBench): unknown =>
    model(bench).predict({ ...asked, inputs: [input] });

const evaluating = (bench: SdkBench): unknown => version(bench).evaluations.create({ dataset: 'dataset-1' });

export const modelCalls: SdkCalls = {
  'model/url': ({ clarifai }) =>
    clarifai.model('https://clarifai.com/clarifai/main/models/general-image-recognition').get(),
  'model/ids': (bench) => model(bench).get(),
  'model/version': ({ clarifai }) => clarifai.model({ id: 'model-1', versionId: 'v1' }).get(),
  'model/not-found': (bench) => model(bench).get(),
  'model/url-any-host': ({ clarifai }) => clarifai.model('https://example.com/u/a/anything/m').get(),
  'model/deployment_user_id': predicting({ text: 'hello' }, { compute: { deploymentId: 'dep-1', userId: 'org-1' } }),
  'model.predict_by_url/image': predicting({ image: train }),
  'model.predict_by_url/text': predicting({ text: { url: agent } }),
  'model.predict_by_url/output_config': predicting(
    { image: train },
    {
      outputConfig: { minValue: 0.98, maxConcepts: 3, selectConcepts: [{ name: 'train' }, { id: 'ai_6kTjGfF6' }] },
    },
  ),
  'model.predict_by_url/sample_ms': predicting(
    { video: 'https://samples.clarifai.com/beer.mp4' },
    { outputConfig: { sampleMs: 2000 } },
  ),
  'model.predict_by_url/output_config-zero': predicting({ image: train }, { outputConfig: { minValue: 0 } }),
  'model.predict_by_url/both': predicting(
    { image: train },
    { inferenceParams: { a: 1 }, outputConfig: { maxConcepts: 2 } },
  ),
  'model.predict_by_url/version': (bench) => version(bench).predict({ inputs: [{ image: train }] }),
  'model.predict_by_url/no-input_type': predicting(train),
  'model.predict_by_url/multi-input-type': predicting(train),
  'model.predict_by_url/type-sticks': async (bench) => {
    throwIfFailed(await model(bench).predict({ inputs: [{ image: train }] }));
    return model(bench).predict({ inputs: [agent] });
  },
  'model.predict_by_bytes/video': predicting({ video: pattern }),
  'model.predict_by_bytes/audio': predicting({ audio: pattern }),
  'model.predict_by_bytes/params-twice': async (bench) => {
    const asked = { inferenceParams: { a: 1 }, outputConfig: { maxConcepts: 2 } };
    throwIfFailed(await model(bench).predict({ ...asked, inputs: [{ text: 'one' }] }));
    return model(bench).predict({ inputs: [{ text: 'two' }] });
  },
  'model.predict_by_filepath/image': (bench) =>
    model(bench).predict({ inputs: [{ image: { file: bench.file('metro-north.jpg') } }] }),
  'model.predict_by_filepath/folder': predicting({ text: { file: __dirname } }),
  'model.predict/positional-params': predicting({ id: 't', text: 'hi' }, { inferenceParams: { k: 2 } }),
  'model.predict/128': (bench) => model(bench).predict({ inputs: Array.from({ length: 128 }, () => ({ text: 'x' })) }),
  'model.predict/deploying': predicting({ text: 'x' }),
  'model.predict/deploying-for-ever': predicting({ text: 'x' }),
  'model.predict/mixed': (bench) => model(bench).predict({ inputs: [{ text: 'x' }, { text: 'x' }] }),
  'model.unknown-attribute': (bench) => model(bench).call('no_such_thing', {}),
  'model.generate_by_bytes': (bench) =>
    collect(model(bench).generate({ inputs: [{ text: 'Write a tweet' }], inferenceParams: { max_tokens: 5 } })),
  'model.generate_by_url': (bench) => collect(model(bench).generate({ inputs: [{ image: train }] })),
  'model.generate/failure': (bench) => collect(model(bench).generate({ inputs: [{ text: 'x' }] })),
  'model.stream_by_bytes': (bench) =>
    collect(model(bench).stream({ inputs: [{ text: 'one' }, { text: 'two' }], inferenceParams: { max_tokens: 5 } })),
  'model.stream_by_bytes/no-items': (bench) => collect(model(bench).stream({ inputs: [] })),
  'model.create_version': (bench) => model(bench).versions.create({ description: 'model_version_description' }),
  'model.create_version/failure': (bench) => model(bench).versions.create({ description: 'd' }),
  'model.list_versions': (bench) => model(bench).versions.list().toArray(),
  'model.list_versions/page': (bench) => bench.onePage(model(bench).versions.list({}, { firstPage: 2, pageSize: 2 })),
  'model.delete_version': (bench) => model(bench).versions.delete('version-1'),
  'model.list_training_templates': (bench) => model(bench).trainingTemplates(),
  'model.get_params': (bench) => model(bench).trainingTemplates(),
  'model.get_params/no-template': (bench) => model(bench).trainingTemplates(),
  'model.get_params/bad-template': (bench) => model(bench).train({ template: 'nope' }),
  'model.train/not-trainable': (bench) => model(bench).train(),
  'model.train/custom_config': (bench) =>
    model(bench).train({ template: 'MMPretrain_ResNet_50', datasetId: 'dataset-1' }),
  'model.training_status/logs': (bench) => model(bench).versions.get('version_id'),
  'model.training_status/own-version': (bench) => version(bench).get(),
  'model.evaluate': evaluating,
  'model.evaluate/everything': (bench) =>
    version(bench).evaluations.create({
      id: 'eval-1',
      dataset: { id: 'dataset-1', appId: 'app-2', userId: 'user-2', versionId: 'dv1' },
      extendedMetrics: { f1: 0.5, per: { a: [1, 2] } },
      evalInfo: { steps: 3 },
    }),
  'model.evaluate/no-version': (bench) => model(bench).evaluations.create({ dataset: 'dataset-1' }),
  'model.get_eval_by_id': (bench) => version(bench).evaluations.get('eval-1'),
  'model.get_latest_eval': (bench) => version(bench).evaluations.latest({ labelCounts: true }),
  'model.get_latest_eval/not-evaluated': (bench) => version(bench).evaluations.latest(),
  'model.get_latest_eval/none': (bench) => version(bench).evaluations.latest(),
  'model.export': (bench) => model(bench).versions.export('model-version-1', { pollMs: 1, maxPollMs: 1 }),
  'model.export/dir': (bench) => model(bench).versions.export('model-version-1', { pollMs: 1, maxPollMs: 1 }),
  'model.export/start': (bench) => model(bench).versions.export('model-version-1', { pollMs: 1, maxPollMs: 1 }),
};

export const modelsWithoutRequest: Readonly<Record<string, string>> = {
  'model/nothing': 'a model is named by the argument',
  'model/url-bad': 'the URL of an app is refused for a model',
  'model/unknown-kwarg': 'the type refuses it, and so does the check of the reference',
  'model/cluster-without-nodepool':
    'half a nodepool is refused; the SDK sends the request to whatever machine there is',
  'model.predict_by_url/output_config-unknown': 'the type refuses it, and so does the check of the options',
  'model.predict_by_url/bad-type': 'the type refuses other kinds of media',
  'model.predict_by_bytes/not-utf8': 'a text is a string, which is UTF-8 on the wire',
  'model.create_version/concepts': 'the type refuses it',
  'model.update_params': 'the parameters of a training are an argument of it',
  'model.update_params/before-get_params': 'the parameters of a training are an argument of it',
  'model.train/clusterer': 'the SDK fails of a bug of its own before it asks',
  'model.train/text-to-text': 'the SDK fails of a bug of its own before it asks',
  'model.training_status/no-version': 'the version is an argument',
};

export const errorCalls: SdkCalls = {
  'errors/unauthenticated': ({ clarifai }) => clarifai.inputs.count(),
  'errors/unavailable-always': ({ clarifai }) => clarifai.inputs.count(),
  'errors/throttled-once': ({ clarifai }) => clarifai.inputs.count(),
  'errors/throttled-always': ({ clarifai }) => clarifai.inputs.count(),
  'errors/stream-internal': (bench) => collect(model(bench).generate({ inputs: [{ text: 'x' }] })),
  'errors/empty-answer-stream': (bench) => collect(model(bench).generate({ inputs: [{ text: 'x' }] })),
};
