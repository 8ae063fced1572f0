import { NotFoundError } from '../../../../../src/base/errors';
import { collect } from '../../../../../src/operations/collect';
import { place, type World } from './world';

type Lists = Readonly<Record<string, AsyncIterable<{ readonly id: string }>>>;

/** All that is stored for the user, as `kind id`, read with a client that has nothing to do with the call. */
export async function inventory({ clarifai, app, ids }: World): Promise<ReadonlySet<string>> {
  const model = app.model('model-1');
  const lists: Lists = {
    app: clarifai.user().apps.list(),
    runner: clarifai.user().runners.list(place),
    dataset: app.datasets.list(),
    'dataset version': app.dataset('dataset-1').versions.list(),
    input: app.inputs.list(),
    annotation: app.annotations.list(),
    concept: app.concepts.list(),
    relation: app.concepts.relations('concept-1').list(),
    language: app.concepts.languages('concept-1').list(),
    model: app.models.list(),
    'model version': model.versions.list(),
    evaluation: app.model({ id: 'model-1', versionId: ids.modelVersion }).evaluations.list(),
    workflow: app.workflows.list(),
    'workflow version': app.workflow('workflow-1').listVersions(),
    module: app.modules.list(),
    'module version': app.module('module-1').listVersions(),
    'installed module': app.modules.listInstalled(),
    search: app.searches.list(),
    job: app.inputs.jobs.list(),
    extraction: app.inputs.jobs.listExtractions(),
  };
  const members = app.dataset('dataset-1').listInputs();
  const found = await Promise.all([
    ...Object.entries(lists).map(async ([kind, list]) => (await there(list)).map(({ id }) => `${kind} ${id}`)),
    there(members).then((inputs) => inputs.map(({ input }) => `member ${input?.id}`)),
  ]);
  return new Set(found.flat());
}

/** What is on a list; nothing when what it is a list of is gone. */
async function there<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  return collect(list).catch((error: unknown) => {
    if (error instanceof NotFoundError) return [];
    throw error;
  });
}
