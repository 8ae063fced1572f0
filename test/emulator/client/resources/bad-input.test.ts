import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clarifai } from '../../../../src/client';
import { ClarifaiError, InvalidRequestError } from '../../../../src/base/errors';
import type { Emulator } from '../../../../src/emulator';
import type { AnnotationLike } from '../../../../src/inputs/annotation';
import { collect } from '../../../../src/operations/collect';
import { parseWorkflowYaml } from '../../../../src/resources/workflow-yaml';
import { fromCsv } from '../../../../src/sources/from-csv';
import { arrived, type Bench, startBench } from './harness';

let bench: Bench;
let clarifai: Clarifai;
let emulator: Emulator;

beforeAll(async () => {
  bench = await startBench();
  ({ clarifai, emulator } = bench);
});
beforeEach(async () => {
  await arrived(bench);
  emulator.reset();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** What a call is refused with before anything is sent. */
async function refusal(call: () => unknown): Promise<string> {
  const error: unknown = await Promise.resolve()
    .then(call)
    .then(
      (result) => result,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({ source: 'client', category: 'rejected' });
  expect(emulator.requests()).toEqual([]);
  return (error as InvalidRequestError).message;
}

/** As a program in JavaScript gives it. */
function untyped<T>(value: unknown): T {
  return value as T;
}

describe('ids of a wrong kind, and ids with slashes, are refused by name and value', () => {
  test.each<[string, () => unknown, string]>([
    [
      'a number',
      () => clarifai.inputs.get(untyped(5)),
      'Expected `inputId` to be a non-empty string, got `5` (number)',
    ],
    ['nothing', () => clarifai.concepts.get(''), 'Expected `conceptId` to be a non-empty string, got `""` (string)'],
    ['a slash', () => clarifai.inputs.get('a/b'), 'Expected `inputId` to be an id, which holds no slash, got `"a/b"`'],
    [
      'an input',
      () => clarifai.inputs.delete([untyped({ id: 'a' })]),
      'Expected `inputIds[0]` to be a non-empty string',
    ],
    [
      'one of many',
      () => clarifai.inputs.delete(['a', 'b/c']),
      'Expected `inputIds[1]` to be an id, which holds no slash',
    ],
    [
      'one id',
      () => clarifai.inputs.delete(untyped('a')),
      'Expected `inputIds` to be an array of ids, got `"a"` (string)',
    ],
    [
      'ids of a handle',
      () => clarifai.dataset({ id: 'a/b' }),
      'Expected `dataset.id` to be an id, which holds no slash',
    ],
    [
      'its app',
      () => clarifai.model({ id: 'm', appId: 'a/b' }),
      'Expected `model.appId` to be an id, which holds no slash',
    ],
    ['a handle', () => clarifai.model(untyped(clarifai)), '`model`'],
    ['an app', () => clarifai.app({ appId: 'a/b' }), 'Expected `app.appId` to be an id, which holds no slash'],
    ['a version', () => clarifai.model('m').versions.get('v/1'), 'Expected `versionId` to be an id'],
    ['a filter', () => clarifai.inputs.list({ ids: ['a/b'] }), 'Expected `filter.ids[0]` to be an id'],
    ['a filter of nothing', () => clarifai.inputs.list({ ids: [] }), 'Expected `filter.ids` to be at least one id'],
    [
      'annotations of nothing',
      () => clarifai.annotations.list({ inputIds: [] }),
      '`filter.inputIds` to be at least one id',
    ],
    [
      'a filter that is misspelt',
      () => clarifai.inputs.list(untyped({ datasetID: 'd' })),
      'Unknown name `datasetID` in `filter`: did you mean `datasetId`?',
    ],
    [
      'an annotation without an input',
      () => clarifai.annotations.delete([untyped({ id: 'a' })]),
      'Expected `annotations[0].inputId` to be a non-empty string',
    ],
    ['a concept', () => clarifai.concepts.create(untyped('cat')), 'Expected `concepts` to be an array of concepts'],
    [
      'a relation',
      () => clarifai.concepts.relations('a').create([{ objectConceptId: 'b/c', predicate: 'synonym' }]),
      'Expected `relations[0].objectConceptId` to be an id',
    ],
  ])('%s', async (_what, call, message) => {
    expect(await refusal(call)).toContain(message);
  });
});

describe('a handle takes an id and a clarifai.com URL, and says what the URL of something else is', () => {
  const url = 'https://clarifai.com/openai/chat';
  const makers = {
    dataset: (ref: string) => clarifai.dataset(ref),
    model: (ref: string) => clarifai.model(ref),
    workflow: (ref: string) => clarifai.workflow(ref),
    module: (ref: string) => clarifai.module(ref),
  };
  const kinds = Object.keys(makers) as (keyof typeof makers)[];

  test.each(kinds)('a %s', async (kind) => {
    const make = makers[kind];
    expect(make('some-id').id).toBe('some-id');
    for (const form of [
      `${url}/${kind}s/x`,
      `${url}/${kind}s/x/`,
      `openai/chat/${kind}s/x`,
      `${url}/${kind}s/x?tab=1`,
    ]) {
      expect(make(form).id).toBe('x');
    }
    expect(make(`${url}/${kind}s/x/versions/v`)).toMatchObject({ id: 'x', versionId: 'v' });
    expect(make(`${url}/${kind}s/with%20space`).id).toBe('with space');
    for (const other of kinds.filter((one) => one !== kind)) {
      const message = await refusal(() => make(`${url}/${other}s/x`));
      expect(message).toContain(`Expected \`${kind}\` to be a URL like https://clarifai.com/USER/APP/${kind}s/ID`);
      expect(message).toContain(`not the URL of a ${other}, got \`"${url}/${other}s/x"\``);
    }
    expect(await refusal(() => make(url))).toContain('not the URL of an app');
    expect(await refusal(() => make('https://clarifai.com/openai/chat/cats/x'))).toContain(`Expected \`${kind}\``);
  });

  test('an app and a user', async () => {
    expect(clarifai.app(url)).toMatchObject({ userId: 'openai', appId: 'chat' });
    expect(clarifai.user().app('openai/chat')).toMatchObject({ userId: 'openai', appId: 'chat' });
    expect(clarifai.user('https://clarifai.com/openai')).toMatchObject({ userId: 'openai' });
    expect(await refusal(() => clarifai.app(`${url}/models/x`))).toContain('not the URL of a model');
    expect(await refusal(() => clarifai.user(url))).toContain('not the URL of an app');
  });

  test('what the ids of a URL are is what is asked for', async () => {
    const model = clarifai.model(`${url}/models/x/versions/v`);
    await expect(model.get()).rejects.toThrow(ClarifaiError);
    const [{ request } = {}] = emulator.requests({ method: 'GetModel' });
    expect(request).toMatchObject({ modelId: 'x', versionId: 'v', userAppId: { userId: 'openai', appId: 'chat' } });
  });

  test('a dataset to evaluate on, a base workflow, and what predicts, too', async () => {
    const wrong = `${url}/concepts/x`;
    const calls = [
      () => clarifai.model('m').evaluations.create({ dataset: wrong }),
      () => clarifai.user().apps.create('new', { baseWorkflow: wrong }),
      () => clarifai.postModelOutputs({ model: wrong, inputs: [{ text: 'x' }] }),
      () => clarifai.postWorkflowResults({ workflow: wrong, inputs: [{ text: 'x' }] }),
    ];
    for (const call of calls) expect(await refusal(call)).toContain('not the URL of a concept');
  });
});

describe('shapes outside of the input are refused', () => {
  const inside = { x: 0.5, y: 0.5 };
  const triangle = (x: number): AnnotationLike => ({ inputId: 'i', polygon: [inside, { x, y: 0 }, { x: 0, y: 1 }] });

  test.each([1.001, -0.001, 100, NaN, Infinity])('a polygon with a corner at %p', async (x) => {
    const annotations = [triangle(1), triangle(x)];
    for (const call of [
      () => clarifai.annotations.create(annotations),
      () => clarifai.annotations.patch(annotations.map((one, at) => ({ ...one, id: `a-${at}` }))),
    ]) {
      const message = await refusal(call);
      expect(message).toContain('Expected `annotations[1].polygon[1].x` to be a number from 0 to 1');
      expect(message).toContain(`got \`${x}\``);
    }
  });

  test('in an upload it is the outcome of its item, and the others go on', async () => {
    await clarifai.app().datasets.create('d');
    const polygon = [inside, { x: 2, y: 0 }, { x: 0, y: 1 }];
    const items = [{ text: 'good' }, { text: 'bad', annotations: [{ polygon }] }];
    const [good, bad] = await collect(clarifai.dataset('d').upload(items, { ordered: true, ack: 'accepted' }));
    expect(good?.input.kind).toBe('accepted');
    expect(bad?.input).toMatchObject({ kind: 'rejected', error: { source: 'client' } });
    expect(bad?.input.kind === 'rejected' && bad.input.error.message).toContain(
      '`inputs[1].annotations[0].polygon[1].x` to be a number from 0 to 1, got `2`',
    );
    expect(emulator.requests({ method: 'PostAnnotations' })).toEqual([]);
  });
});

test('names and ids of concepts stand together, so that no list of one can be longer than that of the other', async () => {
  const outcomes = await clarifai.postInputs([untyped({ text: 'x', labels: ['cat', 'dog'], labelIds: ['id-1'] })]);
  expect(outcomes).toEqual([expect.objectContaining({ ok: false })]);
  const [outcome] = outcomes;
  expect(outcome?.ok === false && outcome.error.message).toContain('Unknown name `labels` in `inputs[0]`');
  expect(emulator.requests()).toEqual([]);
  await clarifai.postInputs([{ id: 'i', text: 'x', concepts: [{ id: 'id-1', name: 'cat' }, 'dog'] }]);
  const concepts = (await clarifai.inputs.get('i')).data?.concepts.map(({ id, name }) => [id, name]);
  expect(concepts).toEqual([
    ['id-1', 'cat'],
    ['dog', 'dog'],
  ]);
});

test.each([10_001, 0, -1, 1.5, '5', NaN])('topK of %p is over the limit, or no number of hits', async (topK) => {
  const query = { topK: untyped<number>(topK) };
  const { searches } = clarifai.app();
  for (const call of [
    () => clarifai.search(query),
    () => searches.annotations(query),
    () => searches.count(query),
    () => searches.save('s', query),
  ]) {
    expect(await refusal(call)).toContain('Expected `query.topK` to be an integer from 1 to 10000, got `');
  }
});

describe('rows of a file that are malformed', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const rows = 'inputid,raw,metadata\na,one,{}\nb,two,{oops\nc/d,three,{}\ne,four,{}\n';

  test('are outcomes that name file, line and column, and the others are added', async () => {
    await clarifai.app().datasets.create('d');
    const file = join(folder, 'rows.csv');
    writeFileSync(file, rows);
    const outcomes = await collect(clarifai.dataset('d').ingest(fromCsv(file), { ordered: true }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'rejected', 'rejected', 'accepted']);
    const messages = outcomes.map((outcome) => (outcome.kind === 'rejected' ? outcome.error.message : ''));
    expect(messages[1]).toMatch(/rows\.csv, line 3, column `metadata`/);
    expect(messages[2]).toMatch(/rows\.csv, line 4, column `inputid`/);
    expect((await clarifai.inputs.list().toArray()).map(({ id }) => id).sort()).toEqual(['a', 'e']);
  });

  test('end the run when so wished', async () => {
    const file = join(folder, 'rows.csv');
    writeFileSync(file, rows);
    const run = clarifai.ingest(fromCsv(file, { onMalformed: 'stop' }), { ordered: true });
    await expect(collect(run)).rejects.toThrow(/rows\.csv, line 3, column `metadata`/);
  });
});

const head = 'workflow:\n  id: w\n  nodes:\n';

test.each([
  ['a bracket that is not closed', 'workflow:\n  id: a\n  nodes: [', 'w.yml:3:11: '],
  ['a tab', 'workflow:\n\tid: a', 'w.yml:2:1: '],
  ['a name twice', 'workflow:\n  id: a\n  id: b', 'w.yml:3:3: '],
  ['an alias of nothing', 'workflow: *none', 'w.yml:1:1: Unresolved alias'],
  ['a wrong id', `${head}    - id: has space`, 'w.yml:4:11: Expected `workflow.nodes[0].id` to be an id of at most 48'],
  ['a misspelt name', `${head}    - id: a\n      modle: {}`, 'w.yml:4:7: Unknown name `modle` in `workflow.nodes[0]`'],
  [
    'a number for an id',
    `${head}    - id: a\n      model:\n        model_id: 5`,
    'w.yml:6:19: Expected `workflow.nodes[0].model.modelId` to be a non-empty string, got `5` (number)',
  ],
  ['no workflow', '- 1', 'w.yml:1:1: Expected `document` to be an object'],
])('YAML with %s is refused by line and column', async (_what, text, message) => {
  expect(await refusal(() => parseWorkflowYaml(text, 'w.yml'))).toContain(message);
});

test('parameters that a template does not know are refused, and nothing is trained', async () => {
  const template = 'classification_basemodel_v1';
  await clarifai.app().models.create('m', { modelTypeId: 'visual-classifier' });
  const training = clarifai.model('m').train({ template, params: { num_epoch: 5 } });
  await expect(training).rejects.toThrow(InvalidRequestError);
  await expect(training).rejects.toThrow('Unknown parameter `num_epoch`');
  expect(emulator.requests({ method: 'PostModelVersions' })).toEqual([]);
});

test('a concept is renamed only by a name', async () => {
  await clarifai.concepts.create([{ id: 'cat', name: 'Katze' }]);
  await clarifai.concepts.patch([{ id: 'cat', definition: 'purrs' }]);
  expect(await clarifai.concepts.get('cat')).toMatchObject({ name: 'Katze', definition: 'purrs' });
});
