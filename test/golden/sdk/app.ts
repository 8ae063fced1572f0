import { parseWorkflowYaml } from '../../../src/resources/workflow-yaml';
import { readFileSync } from 'node:fs';
import type { SdkBench, SdkCalls } from './sdk-calls';

const image = { url: 'https://samples.clarifai.com/metro-north.jpg' };
const hidden = { gettable: 10 };

const creatingWorkflow = ({ clarifai, file }: SdkBench): unknown =>
  clarifai.app().workflows.create(parseWorkflowYaml(readFileSync(file('config.yml'), 'utf8')));

export const appCalls: SdkCalls = {
  'app/url': ({ clarifai, onePage }) =>
    onePage(clarifai.app('https://clarifai.com/clarifai/main').datasets.list({}, { pageSize: 16 })),
  'app.create_dataset/kwargs': ({ clarifai }) =>
    clarifai.app().datasets.create('dataset-1', { description: 'trains', notes: 'n', metadata: { owner: 'a' } }),
  'app.create_model': ({ clarifai }) => clarifai.app().models.create('model-1'),
  'app.create_model/type': ({ clarifai }) =>
    clarifai.app().models.create('model-1', { modelTypeId: 'visual-classifier', description: 'd' }),
  'app.create_module': ({ clarifai }) => clarifai.app().modules.create('module-1', { description: 'd' }),
  'app.list_modules': ({ clarifai }) => clarifai.app().modules.list().toArray(),
  'app.create_workflow/two-nodes': creatingWorkflow,
  'app.create_workflow/two-nodes-trainable': creatingWorkflow,
  'app.create_workflow/first-node-forbidden': creatingWorkflow,
  'app.create_workflow/bad-yaml': creatingWorkflow,
  'app.create_workflow/missing-input': creatingWorkflow,
  'app.dataset/version': ({ clarifai }) => clarifai.dataset('dataset-1').get(),
  'app.dataset/failure': ({ clarifai }) => clarifai.dataset('dataset-1').get(),
  'app.delete_dataset': ({ clarifai }) => clarifai.app().datasets.delete(['dataset-1']),
  'app.delete_model': ({ clarifai }) => clarifai.app().models.delete(['model-1']),
  'app.delete_workflow': ({ clarifai }) => clarifai.app().workflows.delete(['workflow-1']),
  'app.delete_workflow/failure': ({ clarifai }) => clarifai.app().workflows.delete(['workflow-1']),
  'app.list_concepts': ({ clarifai }) => clarifai.concepts.list().toArray(),
  'app.list_datasets': ({ clarifai }) => clarifai.app().datasets.list().toArray(),
  'app.list_datasets/page': ({ clarifai, onePage }) =>
    onePage(clarifai.app().datasets.list({}, { firstPage: 2, pageSize: 3 })),
  'app.list_models': ({ clarifai }) => clarifai.app().models.list().toArray(),
  'app.list_models/page': ({ clarifai, onePage }) =>
    onePage(clarifai.app().models.list({}, { firstPage: 2, pageSize: 3 })),
  'app.list_models/not-only-in-app': ({ clarifai, onePage }) =>
    onePage(clarifai.app().models.list({ onlyInApp: false }, { pageSize: 16 })),
  'app.list_models/other-app-filtered-out': ({ clarifai }) => clarifai.app().models.list().toArray(),
  'app.list_models/without-version': ({ clarifai }) => clarifai.app().models.list().toArray(),
  'app.list_models/builds-call-get-model': ({ clarifai, onePage }) =>
    onePage(clarifai.app().models.list({}, { pageSize: 16 })),
  'app.list_workflows': ({ clarifai }) => clarifai.app().workflows.list().toArray(),
  'app.list_workflows/page': ({ clarifai, onePage }) =>
    onePage(clarifai.app().workflows.list({}, { firstPage: 2, pageSize: 3 })),
  'app.list_workflows/other-app-filtered-out': ({ clarifai }) => clarifai.app().workflows.list().toArray(),
  'app.list_workflows/filter_by': ({ clarifai, onePage }) =>
    onePage(clarifai.app().workflows.list({ id: 'work*' }, { pageSize: 16 })),
  'app.model': ({ clarifai }) => clarifai.model({ id: 'model-1', versionId: 'model-version-1' }).get(),
  'app.model/model_version': ({ clarifai }) => clarifai.model({ id: 'model-1', versionId: 'model-version-1' }).get(),
  'app.model/other-app-only': ({ clarifai }) => clarifai.model({ id: 'model-1', appId: 'main' }).get(),
  'app.model/failure': ({ clarifai }) => clarifai.model('model-1').get(),
  'app.patch_model': ({ clarifai }) =>
    clarifai
      .model('model-1')
      .patch({ description: 'd', toolkits: ['Clarifai'], useCases: ['misc'], languages: ['en'] }, { action: 'merge' }),
  'app.workflow': ({ clarifai }) => clarifai.workflow('workflow-1').get(),
  'app.workflow/version-dropped': ({ clarifai }) => clarifai.workflow('workflow-1').get(),
  'app.get_input_count': ({ clarifai }) => clarifai.inputs.count(),
  'app.create_concepts': ({ clarifai }) =>
    clarifai.concepts.create([
      { id: 'concept-1', name: 'One' },
      { id: 'concept-2', name: 'Two' },
    ]),
  'app.search_concept_relations': ({ clarifai }) =>
    clarifai.concepts.relations('honey').list({ predicate: 'hypernym' }).toArray(),
  'app.delete_concept_relations': ({ clarifai }) => clarifai.concepts.relations('honey').delete(['r1', 'r2']),
  'app.patch_dataset': ({ clarifai }) =>
    clarifai
      .dataset('dataset-1')
      .patch({ description: 'd', visibility: hidden, notes: 'n', image }, { action: 'merge' }),
};

export const appsWithoutRequest: Readonly<Record<string, string>> = {
  'app/url-trailing-slash': 'a slash at the end is taken',
  'app/url-and-app_id': 'an app is named in one way',
  'app/name-without-user_id': 'a handle has no fields but its ids',
  'app.create_workflow/no-file': 'the caller reads the file',
  'app.inputs': 'a property here',
  'app.list_trainable_model_types': 'a constant here',
  'app.create_concept_relations/mismatch': 'a relation is one object here: there are no two lists to be of one length',
  'app/unknown-attribute': 'the type refuses it',
};
