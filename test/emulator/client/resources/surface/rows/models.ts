import { join } from 'node:path';
import { type Row, answers, call, elsewhere, list, rejects } from '../row';
import { template } from '../world';

const fast = { pollMs: 5, maxPollMs: 5 };
const inputs = [{ text: 'new' }];
const prompt = { outputInfo: { params: { prompt_template: 'Say {data.text.raw}' } } };
const archive = new TextEncoder().encode('a model');

/** Models, their versions and evaluations. */
export const modelRows: Readonly<Record<string, Row>> = {
  'Models.list': list(
    ['ListModels'],
    ({ app }, options) => app.models.list({}, options),
    rejects(({ nowhere }, options) => nowhere.models.list({}, options)),
  ),
  'Models.search': list(
    ['PostModelsSearches'],
    ({ app }, options) => app.models.search({ name: 'model-*' }, options),
    rejects(({ nowhere }, options) => nowhere.models.search({ name: 'model-*' }, options)),
  ),
  'Models.create': call(
    ['PostModels'],
    ({ app }, options) => app.models.create('new', {}, options),
    rejects(({ nowhere }, options) => nowhere.models.create('new', {}, options)),
  ),
  'Models.delete': call(
    ['DeleteModels'],
    ({ app }, options) => app.models.delete(['model-1'], options),
    rejects(({ app }, options) => app.models.delete(['none'], options)),
    { deletes: ['model model-1', 'model version *', 'evaluation *'] },
  ),
  'Models.deleteAll': call(
    ['ListModels', 'DeleteModels'],
    ({ app, emulator }, options) => app.models.deleteAll({ confirm: emulator.appId, ...options }),
    rejects(({ nowhere }, options) => nowhere.models.deleteAll({ confirm: 'nowhere', ...options })),
    { deletes: ['model *', 'evaluation *'] },
  ),

  'Model.get': call(
    ['GetModel'],
    ({ app }, options) => app.model('model-1').get(options),
    rejects(({ app }, options) => app.model('none').get(options)),
  ),
  'Model.patch': call(
    ['PatchModels'],
    ({ app }, options) => app.model('model-1').patch({ description: 'new' }, options),
    rejects(({ app }, options) => app.model('none').patch({ description: 'new' }, options)),
  ),
  'Model.predict': call(
    ['PostModelOutputs'],
    ({ app }, options) => app.model('echo').predict({ inputs }, options),
    rejects(({ app }, options) => app.model('none').predict({ inputs }, options)),
    { failsInOutcomes: ['PostModelOutputs'] },
  ),
  'Model.generate': call(
    ['GenerateModelOutputs'],
    ({ app }, options) => app.model('echo').generate({ inputs }, options),
    rejects(({ app }, options) => app.model('none').generate({ inputs }, options)),
  ),
  'Model.stream': call(
    ['StreamModelOutputs'],
    ({ app }, options) => app.model('echo').stream({ inputs }, options),
    rejects(({ app }, options) => app.model('none').stream({ inputs }, options)),
  ),
  'Model.generate, a method': call(
    ['GetModelVersion', 'GenerateModelOutputs'],
    ({ app }, options) => app.model('adder').generate('count', { to: 3 }, options),
    rejects(({ app }, options) => app.model('none').generate('count', { to: 3 }, options)),
  ),
  'Model.stream, a method': call(
    ['GetModelVersion', 'StreamModelOutputs'],
    ({ app }, options) => app.model('adder').stream('shout', { items: ['a', 'b'] }, options),
    rejects(({ app }, options) => app.model('none').stream('shout', { items: ['a'] }, options)),
  ),
  'Model.methods': call(
    ['GetModelVersion'],
    ({ app }, options) => app.model('adder').methods(options),
    rejects(({ app }, options) => app.model('none').methods(options)),
  ),
  'Model.call': call(
    ['GetModelVersion', 'PostModelOutputs'],
    ({ app }, options) => app.model('adder').call('add', { a: 1, b: 2 }, options),
    rejects(({ app }, options) => app.model('none').call('add', { a: 1, b: 2 }, options)),
  ),
  'Model.call, several times': call(
    ['GetModelVersion', 'PostModelOutputs'],
    ({ app }, options) =>
      app.model('adder').call(
        'add',
        [
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ],
        options,
      ),
    rejects(({ app }, options) => app.model('none').call('add', [{ a: 1, b: 2 }], options)),
    { failsInOutcomes: ['PostModelOutputs'] },
  ),
  'Model.trainingTemplates': call(
    ['GetModel', 'ListModelTypes'],
    ({ app }, options) => app.model('model-1').trainingTemplates(options),
    rejects(({ app }, options) => app.model('none').trainingTemplates(options)),
  ),
  'Model.train': call(
    ['GetModel', 'ListModelTypes', 'ListConcepts', 'PostModelVersions'],
    ({ app }, options) => app.model('model-1').train({ template }, options),
    rejects(({ app }, options) => app.model('none').train({ template }, options)),
  ),
  'Model.waitUntilTrained': call(
    ['GetModelVersion'],
    ({ app, ids }, options) => app.model('model-1').waitUntilTrained(ids.modelVersion, { ...fast, ...options }),
    rejects(({ app }, options) => app.model('model-1').waitUntilTrained('none', { ...fast, ...options })),
  ),

  'ModelVersions.list': list(
    ['ListModelVersions'],
    ({ app }, options) => app.model('model-1').versions.list({}, options),
    rejects(({ app }, options) => app.model('none').versions.list({}, options)),
  ),
  'ModelVersions.get': call(
    ['GetModelVersion'],
    ({ app, ids }, options) => app.model('model-1').versions.get(ids.modelVersion, options),
    rejects(({ app }, options) => app.model('model-1').versions.get('none', options)),
  ),
  'ModelVersions.create': call(
    ['PostModelVersions'],
    ({ app }, options) => app.model('prompter').versions.create(prompt, options),
    rejects(({ app }, options) => app.model('none').versions.create(prompt, options)),
  ),
  'ModelVersions.upload': call(
    ['PostModelVersionsUpload', 'GetModelVersion'],
    ({ app }, options) => app.model('model-2').versions.upload(archive, {}, { ...fast, ...options }),
    rejects(({ app }, options) => app.model('none').versions.upload(archive, {}, { ...fast, ...options })),
  ),
  'ModelVersions.patch': call(
    ['PatchModelVersions'],
    ({ app, ids }, options) => app.model('model-1').versions.patch(ids.modelVersion, { description: 'new' }, options),
    rejects(({ app }, options) => app.model('model-1').versions.patch('none', { description: 'new' }, options)),
  ),
  'ModelVersions.export': call(
    ['GetModelVersionExport', 'PutModelVersionExports'],
    ({ app, ids }, options) => app.model('model-1').versions.export(ids.modelVersion, { ...fast, ...options }),
    rejects(({ app }, options) => app.model('model-1').versions.export('none', { ...fast, ...options })),
  ),
  'ModelVersions.download': call(
    ['GetModelVersionExport', 'PutModelVersionExports'],
    ({ app, ids, folder }, options) => {
      const { versions } = app.model('model-1');
      return versions.download(ids.modelVersion, join(folder, 'model.tar'), { ...fast, ...options });
    },
    rejects(({ app, folder }, options) => {
      const { versions } = app.model('model-1');
      return versions.download('none', join(folder, 'model.tar'), { ...fast, ...options });
    }),
  ),
  'ModelVersions.listLogs': list(
    ['ListLogEntries'],
    ({ app, ids }, options) => app.model('model-1').versions.listLogs(ids.modelVersion, { type: 'builder' }, options),
    answers(
      'what is not there has logged nothing',
      ({ app }, options) => app.model('model-1').versions.listLogs('none', { type: 'builder' }, options),
      (result) => expect(result).toEqual([]),
    ),
  ),
  'ModelVersions.downloadTrainLog': elsewhere('test/emulator/client/resources/model-logs.test.ts'),
  'ModelVersions.delete': call(
    ['DeleteModelVersion'],
    ({ app, ids }, options) => app.model('model-1').versions.delete(ids.modelVersion, options),
    rejects(({ app }, options) => app.model('model-1').versions.delete('none', options)),
    { deletes: ['model version *', 'evaluation *'] },
  ),
  'ModelVersions.listInputs': list(
    ['ListModelInputs'],
    ({ app, ids }, options) => app.model('model-1').versions.listInputs(ids.modelVersion, options),
    rejects(({ app }, options) => app.model('model-1').versions.listInputs('none', options)),
  ),

  'Evaluations.create': call(
    ['GetModel', 'PostEvaluations'],
    ({ app }, options) => app.model('model-1').evaluations.create({ dataset: 'dataset-1' }, options),
    rejects(({ app }, options) => app.model('none').evaluations.create({ dataset: 'dataset-1' }, options)),
  ),
  'Evaluations.list': list(
    ['GetModel', 'ListModelVersionEvaluations'],
    ({ app }, options) => app.model('model-1').evaluations.list(options),
    rejects(({ app }, options) => app.model('none').evaluations.list(options)),
  ),
  'Evaluations.get': call(
    ['GetEvaluation'],
    ({ app, ids }, options) => app.model('model-1').evaluations.get(ids.evaluation, {}, options),
    rejects(({ app }, options) => app.model('model-1').evaluations.get('none', {}, options)),
  ),
  'Evaluations.latest': call(
    ['GetModel', 'ListModelVersionEvaluations', 'GetEvaluation'],
    ({ app }, options) => app.model('model-1').evaluations.latest({}, options),
    rejects(({ app }, options) => app.model('none').evaluations.latest({}, options)),
  ),
  'Evaluations.wait': call(
    ['GetEvaluation'],
    ({ app, ids }, options) => app.model('model-1').evaluations.wait(ids.evaluation, { ...fast, ...options }),
    rejects(({ app }, options) => app.model('model-1').evaluations.wait('none', { ...fast, ...options })),
  ),
};
