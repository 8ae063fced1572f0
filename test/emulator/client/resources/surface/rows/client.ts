import { call, elsewhere, handle, list, rejects, type Row } from '../row';
import { place, train } from '../world';

const texts = [{ text: 'new' }];
const made = [{ id: 'new', text: 'new' }];

/** The client itself. */
export const clientRows: Readonly<Record<string, Row>> = {
  'Clarifai.user': handle(({ clarifai }) => clarifai.user()),
  'Clarifai.app': handle(({ clarifai }) => clarifai.app()),
  'Clarifai.dataset': handle(({ clarifai }) => clarifai.dataset('dataset-1')),
  'Clarifai.model': handle(({ clarifai }) => clarifai.model('model-1')),
  'Clarifai.workflow': handle(({ clarifai }) => clarifai.workflow('workflow-1')),
  'Clarifai.module': handle(({ clarifai }) => clarifai.module('module-1')),
  'Clarifai.runner': handle(({ clarifai }) => clarifai.runner({ id: 'runner-1', ...place })),
  'Clarifai.close': elsewhere('test/emulator/client/predict.test.ts'),
  'Clarifai.postModelOutputs': call(
    ['PostModelOutputs'],
    ({ clarifai }, options) => clarifai.postModelOutputs({ model: 'echo', inputs: texts }, options),
    rejects(({ clarifai }, options) => clarifai.postModelOutputs({ model: 'none', inputs: texts }, options)),
    { failsInOutcomes: ['PostModelOutputs'] },
  ),
  'Clarifai.iterateModelOutputs': call(
    ['PostModelOutputs'],
    ({ clarifai }, options) => clarifai.iterateModelOutputs({ model: 'echo', inputs: texts }, options),
    rejects(({ clarifai }, options) => clarifai.iterateModelOutputs({ model: 'none', inputs: texts }, options)),
    { failsInOutcomes: ['PostModelOutputs'] },
  ),
  'Clarifai.postWorkflowResults': call(
    ['PostWorkflowResults'],
    ({ clarifai }, options) => clarifai.postWorkflowResults({ workflow: 'workflow-1', inputs: [train] }, options),
    rejects(({ clarifai }, options) => clarifai.postWorkflowResults({ workflow: 'none', inputs: [train] }, options)),
    { failsInOutcomes: ['PostWorkflowResults'] },
  ),
  'Clarifai.iterateWorkflowResults': call(
    ['PostWorkflowResults'],
    ({ clarifai }, options) => clarifai.iterateWorkflowResults({ workflow: 'workflow-1', inputs: [train] }, options),
    rejects(({ clarifai }, options) => clarifai.iterateWorkflowResults({ workflow: 'none', inputs: [train] }, options)),
    { failsInOutcomes: ['PostWorkflowResults'] },
  ),
  'Clarifai.postInputs': call(
    ['PostInputs'],
    ({ clarifai }, options) => clarifai.postInputs(made, options),
    rejects(({ nowhere }, options) => nowhere.inputs.add(made, options)),
    { failsInOutcomes: ['PostInputs'] },
  ),
  'Clarifai.ingest': call(
    ['PostInputs'],
    ({ clarifai }, options) => clarifai.ingest(made, options),
    rejects(({ nowhere }, options) => nowhere.inputs.ingest(made, options)),
    { failsInOutcomes: ['PostInputs'] },
  ),
  'Clarifai.search': list(
    ['PostInputsSearches'],
    ({ clarifai }, options) => clarifai.search({ topK: null }, options),
    rejects(({ nowhere }, options) => nowhere.search({}, options)),
  ),
};
