import type { ModelType, ModelVersion } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertBoolean, assertObject, assertString, invalidRequest } from '../base/assert';
import { assertId } from '../base/id';
import { assertJsonObject, type JsonObject } from '../inputs/json';
import { Listing } from '../operations/listing';
import { present } from '../operations/single';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';
import { chooseTemplate, learnsConcepts, toTrainingParams, trainingTemplates } from './training-template';

/** What a training is made of. */
export interface TrainParams {
  /** Way of training, one of `model.trainingTemplates()`. @default the only one; required where there are several */
  readonly template?: string | undefined;
  /** Parameters of the template. @default the template's own */
  readonly params?: JsonObject | undefined;
  /** What the model learns from. @default all inputs of the app */
  readonly datasetId?: string | undefined;
  /** @default the dataset as it is now */
  readonly datasetVersionId?: string | undefined;
  /** Ids of the concepts that the model learns. @default all concepts of the app, for types that learn concepts */
  readonly concepts?: readonly string[] | undefined;
  /** Whether an input has one of the concepts only. @default false */
  readonly conceptsMutuallyExclusive?: boolean | undefined;
  /** Parameters that predictions of the new version have by default. */
  readonly inferenceParams?: JsonObject | undefined;
  /** Description of the new version. */
  readonly description?: string | undefined;
}

const fields = [
  'template',
  'params',
  'datasetId',
  'datasetVersionId',
  'concepts',
  'conceptsMutuallyExclusive',
  'inferenceParams',
  'description',
] as const satisfies readonly (keyof TrainParams)[];

/** @throws InvalidRequestError naming the option and its value */
export function assertTrainParams(params: TrainParams): void {
  assertObject(params, 'training', fields);
  const { concepts, conceptsMutuallyExclusive, template, description } = params;
  if (template !== undefined) assertString(template, 'training.template', { nonEmpty: true });
  if (params.params !== undefined) assertJsonObject(params.params, 'training.params');
  if (params.inferenceParams !== undefined) assertJsonObject(params.inferenceParams, 'training.inferenceParams');
  if (params.datasetId !== undefined) assertId(params.datasetId, 'training.datasetId');
  if (params.datasetVersionId !== undefined) assertId(params.datasetVersionId, 'training.datasetVersionId');
  if (concepts !== undefined) {
    assertArray(concepts, 'training.concepts', 'an array of ids');
    concepts.forEach((id, index) => assertId(id, `training.concepts[${index}]`));
  }
  if (conceptsMutuallyExclusive !== undefined) {
    assertBoolean(conceptsMutuallyExclusive, 'training.conceptsMutuallyExclusive');
  }
  if (description !== undefined) assertString(description, 'training.description');
}

/** Finds the type of a model, which says how it is trained. */
export async function modelTypeOf(context: ScopedContext, modelId: string, call: CallOptions): Promise<ModelType> {
  const { userAppId } = context;
  const { model } = await context.invoke('GetModel', { userAppId, modelId }, call);
  const { modelTypeId } = present(model, 'GetModel');
  const types = new Listing<ModelType>(
    async (page, options) => (await context.invoke('ListModelTypes', { userAppId, ...page }, options)).modelTypes,
    call,
  );
  for await (const type of types) {
    if (type.id === modelTypeId && type.trainable) return type;
  }
  throw invalidRequest(`The model \`${modelId}\` is a ${modelTypeId}, which is not trained`, { code: 'NOT_TRAINABLE' });
}

/** Builds the version whose training is to be started. */
export async function toTraining(
  context: ScopedContext,
  type: ModelType,
  training: TrainParams,
  call: CallOptions,
): Promise<DeepPartial<ModelVersion>> {
  const { datasetId, datasetVersionId, inferenceParams, conceptsMutuallyExclusive, description } = training;
  const template = chooseTemplate(trainingTemplates(type), training.template);
  const dataset = {
    ...(datasetId !== undefined && { dataset_id: datasetId }),
    ...(datasetVersionId !== undefined && { dataset_version_id: datasetVersionId }),
  };
  const params = { ...toTrainingParams(template, training.params ?? {}), ...dataset };
  const ids = training.concepts ?? (learnsConcepts(type) ? await allConcepts(context, call) : []);
  const outputParams = {
    ...inferenceParams,
    ...(conceptsMutuallyExclusive !== undefined && { concepts_mutually_exclusive: conceptsMutuallyExclusive }),
  };
  return {
    ...(description !== undefined && { description }),
    outputInfo: {
      ...(ids.length > 0 && { data: { concepts: ids.map((id) => ({ id })) } }),
      ...(Object.keys(outputParams).length > 0 && { params: outputParams }),
    },
    trainInfo: { params },
  };
}

async function allConcepts(context: ScopedContext, call: CallOptions): Promise<readonly string[]> {
  const { userAppId } = context;
  const concepts = new Listing(
    async (page, options) => (await context.invoke('ListConcepts', { userAppId, ...page }, options)).concepts,
    call,
  );
  return (await concepts.toArray()).map(({ id }) => id);
}
