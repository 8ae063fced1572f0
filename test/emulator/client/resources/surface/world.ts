import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { modelMethod } from '../../../../../src/emulator';
import type { Clarifai } from '../../../../../src/client';
import type { Emulator } from '../../../../../src/emulator';
import { zip as zipped } from '../../../../../src/emulator/exports/zip';
import { throwIfFailed } from '../../../../../src/operations/outcome';
import type { App } from '../../../../../src/resources/app';
import { type Bench, passing, picture, startBench } from '../harness';

/** An app in which there are five of everything, and what to reach it by. */
export interface World {
  readonly clarifai: Clarifai;
  readonly emulator: Emulator;
  /** The app with five of everything. */
  readonly app: App;
  /** An app that there is not. */
  readonly nowhere: App;
  /** Ids that the service made up. */
  readonly ids: Ids;
  /** An archive with one text. */
  readonly zip: Uint8Array;
  /** A folder of the test's own. */
  readonly folder: string;
}

interface Ids {
  readonly datasetVersion: string;
  /** The latest, which predicts. */
  readonly modelVersion: string;
  readonly workflowVersion: string;
  readonly evaluation: string;
  readonly relation: string;
  readonly extraction: string;
}

export const place = { nodepoolId: 'pool', computeClusterId: 'cluster' };
export const template = 'classification_basemodel_v1';
export const train = 'https://samples.clarifai.com/metro-north.jpg';
export const general = { userId: 'clarifai', appId: 'main', modelId: 'general-image-recognition' };

/** `a-1` to `a-5`. */
export function five(name: string): string[] {
  return [1, 2, 3, 4, 5].map((at) => `${name}-${at}`);
}

/** One emulator for a file of tests, which is as it was filled before each of them. */
export function useWorld(): () => World {
  let bench: Bench;
  let ids: Ids;
  let snapshot: ReturnType<Emulator['snapshot']>;
  let zip: Uint8Array;
  let folder: string;
  let ticking: NodeJS.Timeout;
  beforeAll(async () => {
    bench = await startBench({ storeBytes: true });
    ids = await fill(bench);
    zip = await buffer(zipped([{ name: 'new.txt', pieces: () => [Buffer.from('new')] }], new Date(0)));
    snapshot = bench.emulator.snapshot();
    // Jobs of the service that a call begins come to their end.
    ticking = setInterval(() => bench.emulator.advance(1_000), 5);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'surface-'));
    bench.emulator.reset();
    bench.emulator.restore(snapshot);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  afterAll(async () => {
    clearInterval(ticking);
    await bench[Symbol.asyncDispose]();
  });
  return () => {
    const { clarifai, emulator } = bench;
    return { clarifai, emulator, app: clarifai.app(), nowhere: clarifai.app('nowhere'), ids, zip, folder };
  };
}

async function fill(bench: Bench): Promise<Ids> {
  const { clarifai, emulator } = bench;
  const app = clarifai.app();
  await fillInputs(bench);
  for (const id of five('model')) {
    await app.models.create(id, { modelTypeId: 'visual-classifier' });
  }
  await app.models.create('prompter', { modelTypeId: 'prompter' });
  for (const id of five('workflow')) {
    await app.workflows.create({ id, nodes: [{ id: 'general', model: general }] });
  }
  await fillWorkflow(bench);
  for (const id of five('runner')) await clarifai.user().runners.create(id, place);
  for (const id of five('app').slice(1)) await clarifai.user().apps.create(id);
  await fillModules(bench);
  emulator.model({
    id: 'adder',
    methods: {
      add: modelMethod({ input: { a: 'int', b: 'int' }, output: 'int', predict: ({ a, b }) => a + b }),
      count: modelMethod({
        input: { to: 'int' },
        output: 'int',
        *generate({ to }) {
          for (let at = 1; at <= to; at++) yield at;
        },
      }),
      shout: modelMethod({
        input: { items: { iterator: 'str' } },
        output: 'str',
        async *stream({ items }) {
          for await (const item of items) yield item.toUpperCase();
        },
      }),
    },
  });
  emulator.model({ id: 'echo', predict: ({ data }) => ({ text: { raw: data?.text?.raw ?? '' } }) });
  const [workflowVersion] = await app.workflow('workflow-1').listVersions().toArray();
  return { workflowVersion: workflowVersion?.id ?? '', ...(await fillVersions(bench)), ...(await fillJobs(bench)) };
}

async function fillInputs({ clarifai, emulator }: Bench): Promise<void> {
  const app = clarifai.app();
  for (const id of five('dataset')) await app.datasets.create(id);
  const inputs = five('input').map((id, at) => {
    const concepts = [`concept-${at + 1}`];
    return { id, image: picture(50 * at, 10, 250 - 50 * at), concepts, datasetIds: ['dataset-1'] };
  });
  throwIfFailed(await clarifai.concepts.create(five('concept')));
  throwIfFailed(await clarifai.inputs.add(inputs));
  emulator.advance(60_000);
  const annotations = five('annotation').map((id) => ({ id, inputId: 'input-1', concepts: ['concept-2'] }));
  throwIfFailed(await clarifai.annotations.create(annotations));
  const objects = ['concept-2', 'concept-3', 'concept-4', 'concept-5', 'concept-2'];
  const predicates = ['hypernym', 'hypernym', 'hypernym', 'hypernym', 'synonym'];
  const relations = objects.map((objectConceptId, at) => ({ objectConceptId, predicate: predicates[at] ?? '' }));
  throwIfFailed(await clarifai.concepts.relations('concept-1').create(relations));
  const languages = ['ja', 'fr', 'de', 'it', 'es'].map((id) => ({ id, name: `concept in ${id}` }));
  throwIfFailed(await clarifai.concepts.languages('concept-1').create(languages));
  for (const id of five('search')) await app.searches.save(id, { filters: [{ datasetIds: ['dataset-1'] }] });
}

/** Versions of a workflow: each change of its nodes makes one. */
async function fillWorkflow({ clarifai, emulator: { userId, appId } }: Bench): Promise<void> {
  const { userId: owner, appId: home, modelId } = general;
  for (const id of five('node').slice(1)) {
    const nodes = [{ id, model: { id: modelId, userId: owner, appId: home } }];
    const workflows = [{ id: 'workflow-1', nodes }];
    await clarifai.rpc.PatchWorkflows({ userAppId: { userId, appId }, workflows, action: 'overwrite' });
  }
}

async function fillModules({ clarifai, emulator: { userId, appId } }: Bench): Promise<void> {
  const userAppId = { userId, appId };
  for (const id of five('module')) await clarifai.app().modules.create(id);
  const moduleVersions = five('version').map((id) => ({ id }));
  await clarifai.rpc.PostModuleVersions({ userAppId, moduleId: 'module-1', moduleVersions });
  const installedModuleVersions = five('installed').map((id) => ({
    id,
    moduleVersion: { id: 'version-1', moduleId: 'module-1', userId, appId },
  }));
  await clarifai.rpc.PostInstalledModuleVersions({ userAppId, installedModuleVersions });
}

/** Versions of a dataset and of models, and evaluations, with the ids that the service gave them. */
async function fillVersions(bench: Bench): Promise<Omit<Ids, 'extraction' | 'workflowVersion'>> {
  const { clarifai, emulator } = bench;
  const model = clarifai.model('model-1');
  const datasetVersions: string[] = [];
  for (const id of five('version'))
    datasetVersions.push((await clarifai.dataset('dataset-1').versions.create({ id })).id);
  const modelVersions: string[] = [];
  for (const description of five('training')) {
    const { id } = await model.train({ template, description });
    modelVersions.push(id);
    await passing(bench, model.waitUntilTrained(id, { pollMs: 5 }));
  }
  const evaluations: string[] = [];
  for (const id of five('evaluation')) {
    evaluations.push((await model.evaluations.create({ id, dataset: 'dataset-1' })).id);
  }
  const { userId, appId } = emulator;
  const meta = { userAppId: { userId, appId }, modelId: 'model-1', modelVersionId: modelVersions.at(-1) };
  const logEntries = five('line').map((message) => ({ message, logType: 'builder', meta }));
  await clarifai.rpc.PostLogEntries({ logEntries });
  emulator.advance(600_000);
  const [relation] = await clarifai.concepts.relations('concept-1').list().toArray();
  return {
    datasetVersion: datasetVersions[0] ?? '',
    modelVersion: modelVersions.at(-1) ?? '',
    evaluation: evaluations[0] ?? '',
    relation: relation?.id ?? '',
  };
}

async function fillJobs({ clarifai, emulator }: Bench): Promise<Pick<Ids, 'extraction'>> {
  const { inputs } = clarifai;
  emulator.url('s3://bucket/note.txt', new TextEncoder().encode('some words'));
  const sources = five('job').map((jobId) => ({ url: 's3://bucket/note.txt', jobId, conflicts: 'suffix' as const }));
  await inputs.addFromCloud(sources);
  emulator.advance(600_000);
  const [extraction] = await inputs.jobs.listExtractions().toArray();
  // The note was added once a job, for the sake of the jobs only.
  await inputs.delete((await inputs.list({ kind: 'text' }).toArray()).map(({ id }) => id));
  emulator.advance(600_000);
  return { extraction: extraction?.id ?? '' };
}
