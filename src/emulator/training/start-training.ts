import type { Concept, ModelVersion } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import type { DeepPartial } from '../../wire/codec';
import { refuse, status } from '../answers';
import { addConcepts } from '../inputs/add-concepts';
import { named } from '../inputs/named-concepts';
import { modelTypes } from '../predict/model-types';
import type { AppState } from '../state/app-state';
import { assertId } from '../state/ids';
import type { ModelState, VersionMessage } from '../state/model-state';
import { replaceVersion } from '../state/model-state';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';
import { examplesOf } from './examples';
import type { Recall } from './nearest-examples';

/** Types of models that learn without concepts; what they predict then is nothing. */
const withoutConcepts = new Set([
  'clusterer',
  'text-to-text',
  'visual-embedder',
  'text-embedder',
  'embedding-classifier',
]);

/** A training under way. */
export interface Training extends Recall {
  readonly kind: 'training';
  readonly model: ModelState;
  readonly versionId: string;
}

/** Adds a version to a model, and trains it from what the app's inputs are annotated with at this moment. */
export function startTraining(
  app: AppState,
  model: ModelState,
  posted: ModelVersion | undefined,
  description: string,
  world: World,
): VersionMessage {
  const given = { ...(description !== '' && { description }), ...(posted && sparse(posted)) };
  const version = newVersion(app, model, given, world);
  if (version.pretrainedModelConfig !== undefined || !isTrained(model)) {
    const trained = { ...version, status: status(StatusCode.MODEL_TRAINED), completedAt: version.createdAt };
    model.versions.push(trained);
    return trained;
  }
  const concepts = conceptsOf(app, model, version, world);
  const conceptIds = concepts.map(({ id = '' }) => id);
  const examples = examplesOf(app, world.urls, { conceptIds, datasetId: datasetOf(version) });
  model.versions.push(version);
  world.agenda.add({ kind: 'training', model, versionId: version.id, examples, concepts });
  return version;
}

/** Prompters, operators and the like have versions, but nothing to learn. A model of no type is a classifier. */
function isTrained({ message: { modelTypeId = '' } }: ModelState): boolean {
  return modelTypeId === '' || modelTypes.some(({ id, trainable }) => id === modelTypeId && trainable === true);
}

export function beginTraining(training: Training, world: World): void {
  move(training, StatusCode.MODEL_TRAINING, world);
}

export function endTraining(training: Training, world: World): void {
  const { model, versionId, examples, concepts } = training;
  if (concepts.length > 0 && examples.length === 0) return move(training, StatusCode.MODEL_TRAINING_NO_DATA, world);
  model.recalls.set(versionId, { examples, concepts });
  move(training, StatusCode.MODEL_TRAINED, world, {
    completedAt: toTimestamp(world.clock.now()),
    activeConceptCount: concepts.length,
    totalInputCount: examples.length,
  });
}

function move(
  { model, versionId }: Training,
  code: StatusCode,
  { clock }: World,
  more: DeepPartial<ModelVersion> = {},
): void {
  replaceVersion(model, versionId, { ...more, status: status(code), modifiedAt: toTimestamp(clock.now()) });
}

function newVersion(app: AppState, model: ModelState, given: DeepPartial<ModelVersion>, world: World): VersionMessage {
  const id = given.id ?? randomId(world.randomBytes);
  assertId(id, StatusCode.MODEL_INVALID_ARGUMENT);
  if (model.versions.some((version) => version.id === id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
  const at = toTimestamp(world.clock.now());
  // What the model was made with holds for all its versions.
  const { outputInfo = model.message.outputInfo, inputInfo, trainInfo } = model.versions[0] ?? {};
  return {
    ...(outputInfo && { outputInfo }),
    ...(inputInfo && { inputInfo }),
    ...(trainInfo && { trainInfo }),
    ...given,
    id,
    createdAt: at,
    modifiedAt: at,
    status: status(StatusCode.MODEL_QUEUED_FOR_TRAINING),
    metrics: { status: status(StatusCode.MODEL_NOT_EVALUATED) },
    ...app.owner,
  };
}

/** The concepts that the version, or else its model, is to know. */
function conceptsOf(
  app: AppState,
  { message }: ModelState,
  { outputInfo }: DeepPartial<ModelVersion>,
  world: World,
): DeepPartial<Concept>[] {
  const asked = outputInfo?.data?.concepts ?? [];
  if (asked.length === 0 && !withoutConcepts.has(message.modelTypeId ?? ''))
    throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, 'A model needs at least one concept to be trained.');
  addConcepts(app, asked.map(named), world.clock.now());
  return asked.map(({ id, name }) => {
    const known = app.concepts.get(id ?? name ?? '');
    return { id: known?.id ?? id, name: known?.name ?? name, ...app.owner };
  });
}

/** The SDKs name the dataset in the training's parameters, the API in a field of its own. */
function datasetOf({ trainInfo }: DeepPartial<ModelVersion>): string | undefined {
  const named = trainInfo?.params?.['dataset_id'];
  const id = trainInfo?.dataset?.id ?? (typeof named === 'string' ? named : undefined);
  return id === '' ? undefined : id;
}
