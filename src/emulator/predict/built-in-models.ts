/* eslint-disable @typescript-eslint/no-require-imports -- an import would load the models with the emulator */
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { status } from '../answers';
import type { MediaKind } from '../state/input-urls';
import type { ModelState } from '../state/model-state';
import { publicOwner } from '../state/public-app';
import { toTimestamp } from '../state/timestamp';
import type { ModelFunction } from './model-function';

interface BuiltInModel {
  readonly id: string;
  /** Other ids under which the service knows the model. */
  readonly aliases?: readonly string[];
  readonly name: string;
  readonly versionId: string;
  readonly modelTypeId: string;
  readonly takes: MediaKind;
  readonly description: string;
  readonly predict: ModelFunction;
}

const synthetic =
  'Synthetic: the emulator makes these answers up. They are always the same for the same input and mean nothing.';

const builtInModels: readonly BuiltInModel[] = [
  {
    id: 'general-image-recognition',
    aliases: ['aaa03c23b3724a16a56b629203edc62c'],
    name: 'general',
    versionId: 'aa7f35c01e0642fda5cf400f543e7c40',
    modelTypeId: 'visual-classifier',
    takes: 'image',
    description: synthetic,
    predict: lazily(() => (require('./synthetic-concepts') as typeof import('./synthetic-concepts')).syntheticConcepts),
  },
  {
    id: 'color-recognition',
    aliases: ['eeed0b6733a644cea07cf4c60f87ebb7'],
    name: 'color',
    versionId: 'dd9458324b4b45c2be1a7ba84d27cd04',
    modelTypeId: 'color-recognizer',
    takes: 'image',
    description:
      'Dominant colours, computed from the pixels of the image. For a URL the emulator was not given, those of a picture it makes up.',
    predict: lazily(() => (require('./color-recognition') as typeof import('./color-recognition')).colorRecognition),
  },
  {
    id: 'general-image-embedding',
    aliases: ['bbb5f41425b8468d9b7a554ff10f8581'],
    name: 'general-v1.3-embedding',
    versionId: 'bb186755eda04f9cbb6fe32e816be104',
    modelTypeId: 'visual-embedder',
    takes: 'image',
    description:
      'What the image looks like: colours and contrasts on a grid, computed from its pixels. For a URL the emulator was not given, those of a picture it makes up.',
    predict: lazily(() => (require('./visual-embedding') as typeof import('./visual-embedding')).visualEmbedding),
  },
  {
    id: 'general-clusterer',
    aliases: ['cccbe437d6e54e2bb911c6aa292fb072'],
    name: 'general-cluster',
    versionId: 'cc2074cff6dc4c02b6f4e1b8606dcb54',
    modelTypeId: 'clusterer',
    takes: 'image',
    description: synthetic,
    predict: lazily(() => (require('./synthetic-clusters') as typeof import('./synthetic-clusters')).syntheticClusters),
  },
  {
    id: 'synthetic-text-generation',
    name: 'synthetic-text-generation',
    versionId: '5e7d0a3c1b9f4862a0c4e8d2f6b13597',
    modelTypeId: 'text-to-text',
    takes: 'text',
    description: synthetic,
    predict: lazily(() => (require('./synthetic-text') as typeof import('./synthetic-text')).syntheticText),
  },
];

/** A model that loads with its first prediction. */
function lazily(load: () => ModelFunction): ModelFunction {
  let predict: ModelFunction | undefined;
  return (input, context) => (predict ??= load())(input, context);
}

/** 2016-03-09T17:11:39Z, when the service's general model was made. */
const createdAt = toTimestamp(1_457_543_499_000);

/** Clarifai's public models as the emulator has them, by every id they have. */
export function publicModels(): [id: string, model: ModelState][] {
  return builtInModels.flatMap((model) => {
    const state = toState(model);
    return [model.id, ...(model.aliases ?? [])].map((id): [string, ModelState] => [id, state]);
  });
}

function toState({ id, name, versionId, modelTypeId, takes, description, predict }: BuiltInModel): ModelState {
  const outputInfo = { message: 'Show output_info with: GET /models/{model_id}/output_info', outputConfig: {} };
  const trained = status(StatusCode.MODEL_TRAINED);
  return {
    message: {
      id,
      name,
      displayName: name,
      createdAt,
      modifiedAt: createdAt,
      ...publicOwner,
      modelTypeId,
      description,
      notes: description,
      outputInfo,
    },
    versions: [{ id: versionId, createdAt, completedAt: createdAt, status: trained, ...publicOwner, outputInfo }],
    predict,
    recalls: new Map(),
    exports: new Map(),
    takes,
  };
}
