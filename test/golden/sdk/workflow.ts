import { formatWorkflowYaml } from '../../../src/resources/workflow-yaml';
import type { InputLike } from '../../../src/inputs/input-like';
import type { WorkflowResultsParams } from '../../../src/predict/workflow-results';
import type { SdkBench, SdkCalls } from './sdk-calls';

const train = 'https://samples.clarifai.com/metro-north.jpg';
const bytes = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256);

const predicting =
  (input: InputLike, params: Partial<WorkflowResultsParams> = {}) =>
  ({ clarifai }: SdkBench): unknown =>
    clarifai.workflow('workflow-1').predict({ ...params, inputs: [input] });

export const workflowCalls: SdkCalls = {
  'workflow.predict_by_url/image': predicting({ image: train }),
  'workflow.predict_by_url/video': predicting({ video: 'https://samples.clarifai.com/beer.mp4' }),
  'workflow.predict_by_url/text': predicting({
    text: { url: 'https://samples.clarifai.com/featured-models/Llama2_Conversational-agent.txt' },
  }),
  'workflow.predict_by_url/output_config': predicting(
    { image: train },
    { outputConfig: { minValue: 0.98, maxConcepts: 3, selectConcepts: [{ name: 'train' }], sampleMs: 500 } },
  ),
  'workflow.predict_by_url/default-output_config': predicting({ image: train }),
  'workflow/mutable-default': ({ clarifai }) => clarifai.workflow('workflow-2').predict({ inputs: [{ image: train }] }),
  'workflow.predict_by_url/no-input_type': predicting(train),
  'workflow.predict_by_bytes/image': predicting({ image: bytes }),
  'workflow.predict_by_bytes/video': predicting({ video: bytes }),
  'workflow.predict_by_bytes/audio': predicting({ audio: bytes }),
  'workflow.predict_by_filepath/image': ({ clarifai, file }) =>
    clarifai.workflow('workflow-1').predict({ inputs: [{ image: { file: file('metro-north.jpg') } }] }),
  'workflow.predict_by_filepath/missing': predicting({ image: { file: 'no-such.jpg' } }),
  'workflow.predict/state-init': predicting({ text: 'hi' }, { workflowState: 'init' }),
  'workflow.predict/state': predicting({ text: 'hi' }, { workflowState: 'workflow-state-id-1' }),
  'workflow.predict/33': ({ clarifai }) =>
    clarifai.workflow('workflow-1').predict({ inputs: Array.from({ length: 33 }, () => ({ text: 'x' })) }),
  'workflow.predict/empty': ({ clarifai }) => clarifai.workflow('workflow-1').predict({ inputs: [] }),
  'workflow.list_versions/page': ({ clarifai, onePage }) =>
    onePage(clarifai.workflow('workflow-1').listVersions({ firstPage: 2, pageSize: 3 })),
  'workflow.export/node-inputs': async ({ clarifai }) =>
    formatWorkflowYaml(await clarifai.workflow('workflow-1').export()),
  'workflow.export/version-ignored': ({ clarifai }) =>
    clarifai.workflow({ id: 'workflow-1', versionId: 'wv1' }).export(),
};

export const workflowsWithoutRequest: Readonly<Record<string, string>> = {
  'workflow/url': 'makes a handle',
  'workflow/url-version': 'makes a handle',
  'workflow/url-and-id': 'a workflow is named in one way',
  'workflow.predict_by_url/bad-type': 'the type refuses other kinds of media',
};
