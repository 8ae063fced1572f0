import { call, list, rejects, type Row } from '../row';
import { general, train } from '../world';

const nodes = [{ id: 'general', model: general }];
const outputInfo = { params: { prompt_template: 'Say {data.text.raw}' } };
const withModel = [{ id: 'new', model: { modelId: 'new', modelTypeId: 'prompter', outputInfo } }];
const inputs = [train];

/** Workflows, modules and searches. */
export const workflowRows: Readonly<Record<string, Row>> = {
  'Workflows.list': list(
    ['ListWorkflows'],
    ({ app }, options) => app.workflows.list({}, options),
    rejects(({ nowhere }, options) => nowhere.workflows.list({}, options)),
  ),
  'Workflows.create': call(
    ['GetModel', 'PostWorkflows'],
    ({ app }, options) => app.workflows.create({ id: 'new', nodes }, options),
    rejects(({ app }, options) =>
      app.workflows.create({ id: 'new', nodes: [{ id: 'none', model: { modelId: 'none' } }] }, options),
    ),
  ),
  'Workflows.create, with a model': call(
    ['GetModel', 'PostModels', 'PostModelVersions', 'PostWorkflows'],
    ({ app }, options) => app.workflows.create({ id: 'new', nodes: withModel }, options),
    rejects(({ nowhere }, options) => nowhere.workflows.create({ id: 'new', nodes: withModel }, options)),
  ),
  'Workflows.delete': call(
    ['DeleteWorkflows'],
    ({ app }, options) => app.workflows.delete(['workflow-1'], options),
    rejects(({ app }, options) => app.workflows.delete(['none'], options)),
    { deletes: ['workflow workflow-1', 'workflow version *'] },
  ),
  'Workflow.get': call(
    ['GetWorkflow'],
    ({ app }, options) => app.workflow('workflow-1').get(options),
    rejects(({ app }, options) => app.workflow('none').get(options)),
  ),
  'Workflow.patch': call(
    ['PatchWorkflows'],
    ({ app }, options) => app.workflow('workflow-1').patch({ description: 'new' }, options),
    rejects(({ app }, options) => app.workflow('none').patch({ description: 'new' }, options)),
  ),
  'Workflow.predict': call(
    ['PostWorkflowResults'],
    ({ app }, options) => app.workflow('workflow-1').predict({ inputs }, options),
    rejects(({ app }, options) => app.workflow('none').predict({ inputs }, options)),
    { failsInOutcomes: ['PostWorkflowResults'] },
  ),
  'Workflow.listVersions': list(
    ['ListWorkflowVersions'],
    ({ app }, options) => app.workflow('workflow-1').listVersions(options),
    rejects(({ app }, options) => app.workflow('none').listVersions(options)),
  ),
  'Workflow.export': call(
    ['GetWorkflow'],
    ({ app }, options) => app.workflow('workflow-1').export(options),
    rejects(({ app }, options) => app.workflow('none').export(options)),
  ),

  'Workflow.export, of a version': call(
    ['GetWorkflowVersion'],
    ({ app, ids }, options) => app.workflow({ id: 'workflow-1', versionId: ids.workflowVersion }).export(options),
    rejects(({ app }, options) => app.workflow({ id: 'workflow-1', versionId: 'none' }).export(options)),
  ),

  'Modules.list': list(
    ['ListModules'],
    ({ app }, options) => app.modules.list({}, options),
    rejects(({ nowhere }, options) => nowhere.modules.list({}, options)),
  ),
  'Modules.listInstalled': list(
    ['ListInstalledModuleVersions'],
    ({ app }, options) => app.modules.listInstalled(options),
    rejects(({ nowhere }, options) => nowhere.modules.listInstalled(options)),
  ),
  'Modules.create': call(
    ['PostModules'],
    ({ app }, options) => app.modules.create('new', {}, options),
    rejects(({ nowhere }, options) => nowhere.modules.create('new', {}, options)),
  ),
  'Modules.delete': call(
    ['DeleteModules'],
    ({ app }, options) => app.modules.delete(['module-1'], options),
    rejects(({ app }, options) => app.modules.delete(['none'], options)),
    { deletes: ['module module-1', 'module version *'] },
  ),
  'Module.get': call(
    ['GetModule'],
    ({ app }, options) => app.module('module-1').get(options),
    rejects(({ app }, options) => app.module('none').get(options)),
  ),
  'Module.listVersions': list(
    ['ListModuleVersions'],
    ({ app }, options) => app.module('module-1').listVersions(options),
    rejects(({ app }, options) => app.module('none').listVersions(options)),
  ),

  'Searches.inputs': list(
    ['PostInputsSearches'],
    ({ app }, options) => app.searches.inputs({ topK: null }, options),
    rejects(({ nowhere }, options) => nowhere.searches.inputs({}, options)),
  ),
  'Searches.annotations': list(
    ['PostAnnotationsSearches'],
    ({ app }, options) => app.searches.annotations({ topK: null }, options),
    rejects(({ nowhere }, options) => nowhere.searches.annotations({}, options)),
  ),
  'Searches.count': call(
    ['PostInputsSearches'],
    ({ app }, options) => app.searches.count({}, options),
    rejects(({ nowhere }, options) => nowhere.searches.count({}, options)),
  ),
  'Searches.save': call(
    ['PostInputsSearches'],
    ({ app }, options) => app.searches.save('new', {}, options),
    rejects(({ nowhere }, options) => nowhere.searches.save('new', {}, options)),
  ),
  'Searches.list': list(
    ['ListSearches'],
    ({ app }, options) => app.searches.list(options),
    rejects(({ nowhere }, options) => nowhere.searches.list(options)),
  ),
  'Searches.get': call(
    ['GetSearch'],
    ({ app }, options) => app.searches.get('search-1', options),
    rejects(({ app }, options) => app.searches.get('none', options)),
  ),
  'Searches.run': list(
    ['PostSearchesByID'],
    ({ app }, options) => app.searches.run('search-1', options),
    rejects(({ app }, options) => app.searches.run('none', options)),
  ),
  'Searches.delete': call(
    ['DeleteSearch'],
    ({ app }, options) => app.searches.delete('search-1', options),
    rejects(({ app }, options) => app.searches.delete('none', options)),
    { deletes: ['search search-1'] },
  ),
  'Searches.legacy': list(
    ['PostSearches'],
    ({ app }, options) => app.searches.legacy([{ inputId: 'input-1' }], options),
    rejects(({ nowhere }, options) => nowhere.searches.legacy([{ inputId: 'input-1' }], options)),
  ),
};
