import { call, elsewhere, handle, list, rejects, type Row } from '../row';
import { place } from '../world';

/** Users, their apps and their runners. */
export const userAndAppRows: Readonly<Record<string, Row>> = {
  'User.app': handle(({ clarifai }) => clarifai.user().app('app-1')),
  'User.runner': handle(({ clarifai }) => clarifai.user().runner('runner-1')),
  'User.get': call(
    ['GetUser'],
    ({ clarifai }, options) => clarifai.user().get(options),
    rejects(({ clarifai }, options) => clarifai.user('nobody').get(options)),
  ),

  'Apps.list': list(
    ['ListApps'],
    ({ clarifai }, options) => clarifai.user().apps.list({}, options),
    rejects(({ clarifai }, options) => clarifai.user('nobody').apps.list({}, options)),
  ),
  'Apps.create': call(
    ['PostApps'],
    ({ clarifai }, options) => clarifai.user().apps.create('new', {}, options),
    rejects(({ clarifai }, options) => clarifai.user('nobody').apps.create('new', {}, options)),
  ),

  'App.dataset': handle(({ app }) => app.dataset('dataset-1')),
  'App.model': handle(({ app }) => app.model('model-1')),
  'App.workflow': handle(({ app }) => app.workflow('workflow-1')),
  'App.module': handle(({ app }) => app.module('module-1')),
  'App.search': list(
    ['PostInputsSearches'],
    ({ app }, options) => app.search({ topK: null }, options),
    rejects(({ nowhere }, options) => nowhere.search({}, options)),
  ),
  'App.get': call(
    ['GetApp'],
    ({ app }, options) => app.get(options),
    rejects(({ nowhere }, options) => nowhere.get(options)),
  ),
  'App.patch': call(
    ['PatchApp'],
    ({ app }, options) => app.patch({ description: 'new' }, options),
    rejects(({ nowhere }, options) => nowhere.patch({ description: 'new' }, options)),
  ),
  'App.delete': call(
    ['DeleteApp'],
    ({ app }, options) => app.delete(options),
    rejects(({ nowhere }, options) => nowhere.delete(options)),
    {
      deletes: [
        'app emulator-app',
        'dataset *',
        'member *',
        'input *',
        'annotation *',
        'concept *',
        'relation *',
        'language *',
        'model *',
        'evaluation *',
        'workflow *',
        'module *',
        'installed module *',
        'search *',
        'job *',
        'extraction *',
      ],
    },
  ),

  'Runners.list': list(
    ['ListRunners'],
    ({ clarifai }, options) => clarifai.user().runners.list(place, options),
    rejects(({ clarifai }, options) => clarifai.user('nobody').runners.list(place, options)),
  ),
  'Runners.get': call(
    ['GetRunner'],
    ({ clarifai }, options) => clarifai.user().runners.get('runner-1', place, options),
    rejects(({ clarifai }, options) => clarifai.user().runners.get('none', place, options)),
  ),
  'Runners.create': call(
    ['PostRunners'],
    ({ clarifai }, options) => clarifai.user().runners.create('new', place, options),
    rejects(({ clarifai }, options) => clarifai.user('nobody').runners.create('new', place, options)),
  ),
  'Runners.delete': call(
    ['DeleteRunners'],
    ({ clarifai }, options) => clarifai.user().runners.delete(['runner-1'], place, options),
    rejects(({ clarifai }, options) => clarifai.user().runners.delete(['none'], place, options)),
    { deletes: ['runner runner-1'] },
  ),
  'Runner.get': call(
    ['GetRunner'],
    ({ clarifai }, options) => clarifai.runner({ id: 'runner-1', ...place }).get(options),
    rejects(({ clarifai }, options) => clarifai.runner({ id: 'none', ...place }).get(options)),
  ),
  'Runner.serve': elsewhere('test/emulator/client/runner.test.ts'),
};
