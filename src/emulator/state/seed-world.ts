import { randomId } from '../../base/ids';
import { publicModels } from '../predict/built-in-models';
import { vocabulary } from '../predict/vocabulary';
import type { AppState } from './app-state';
import { appKeyType, everything, patType, setKey } from './keys';
import { publicApp, publicOwner } from './public-app';
import { toTimestamp } from './timestamp';
import type { World } from './world';

/** The default workflow of the app that is there from the start. */
export const defaultWorkflowId = 'general-and-color';

interface Seeded {
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
  readonly apiKey: string;
}

/** Puts into a world what every caller may count on: Clarifai's models and workflows, a user, their keys, and an app of theirs. */
export function seedWorld(world: World, owner: Seeded): void {
  const main = publicApp(world);
  for (const [id, model] of publicModels()) main.models.set(id, model);
  for (const [id, name] of vocabulary) main.concepts.set(id, { id, name, language: 'en', ...publicOwner });
  addWorkflow(world, main, 'General', ['general-image-recognition', 'general-image-embedding', 'general-clusterer']);
  if (world.app(owner.userId, owner.appId) === undefined) {
    const app = world.addApp(owner.userId, { id: owner.appId, defaultWorkflow: { id: defaultWorkflowId } }, false);
    addWorkflow(world, app, defaultWorkflowId, ['general-image-recognition', 'color-recognition']);
  }
  addKeys(world, owner);
}

function addKeys(world: World, { userId, appId, pat, apiKey }: Seeded): void {
  const createdAt = toTimestamp(world.clock.now());
  const apps = [{ id: appId, userId }];
  const keys = [
    { id: pat, type: patType },
    { id: apiKey, type: appKeyType, apps },
  ];
  for (const key of keys) if (!world.keys.has(key.id)) setKey(world, userId, { ...key, createdAt, ...everything });
}

function addWorkflow(world: World, app: AppState, id: string, modelIds: readonly string[]): void {
  const { owner } = app;
  const nodes = modelIds.map((modelId) => ({ id: modelId, model: { id: modelId, ...publicOwner } }));
  const at = toTimestamp(world.clock.now());
  const version = { id: randomId(world.randomBytes), workflowId: id, createdAt: at, modifiedAt: at, nodes, ...owner };
  app.workflows.set(id, { id, nodes, version, createdAt: at, modifiedAt: at, ...owner });
}
