/* eslint-disable @typescript-eslint/no-require-imports -- an import would load the models with the emulator */
import { createHash } from 'node:crypto';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { status } from '../answers';
import type { MediaKind } from '../state/input-urls';
import type { ModelState } from '../state/model-state';
import { publicOwner } from '../state/public-app';
import { toTimestamp } from '../state/timestamp';
import type { ModelFunction } from './model-function';
import type { ImageFunction } from './over-frames';

interface BuiltInModel {
  readonly id: string;
  /** Other ids under which the service knows the model. */
  readonly aliases?: readonly string[];
  readonly name: string;
  /** @default one that follows from the id */
  readonly versionId?: string;
  readonly modelTypeId: string;
  readonly takes: readonly MediaKind[];
  /** @default that it is synthetic */
  readonly description?: string;
  readonly predict: ModelFunction;
}

const synthetic =
  'Synthetic: the emulator makes these answers up. They are always the same for the same input and mean nothing.';

/** Models of images say of a video what they would say of its frames. */
const visual: readonly MediaKind[] = ['image', 'video'];

const builtInModels: readonly BuiltInModel[] = [
  {
    id: 'general-image-recognition',
    aliases: ['aaa03c23b3724a16a56b629203edc62c'],
    name: 'general',
    versionId: 'aa7f35c01e0642fda5cf400f543e7c40',
    modelTypeId: 'visual-classifier',
    takes: visual,
    predict: lazily(() => overFrames(concepts().syntheticConcepts)),
  },
  {
    id: 'color-recognition',
    aliases: ['eeed0b6733a644cea07cf4c60f87ebb7'],
    name: 'color',
    versionId: 'dd9458324b4b45c2be1a7ba84d27cd04',
    modelTypeId: 'color-recognizer',
    takes: ['image'],
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
    takes: visual,
    description:
      'What the image looks like: colours and contrasts on a grid, computed from its pixels. For a URL the emulator was not given, those of a picture it makes up.',
    predict: lazily(() =>
      overFrames((require('./visual-embedding') as typeof import('./visual-embedding')).visualEmbedding),
    ),
  },
  {
    id: 'general-clusterer',
    aliases: ['cccbe437d6e54e2bb911c6aa292fb072'],
    name: 'general-cluster',
    versionId: 'cc2074cff6dc4c02b6f4e1b8606dcb54',
    modelTypeId: 'clusterer',
    takes: ['image'],
    predict: lazily(() => (require('./synthetic-clusters') as typeof import('./synthetic-clusters')).syntheticClusters),
  },
  classifier('food-item-recognition', 'bd367be194cf45149e75f01d59f77ba7', 'food', [
    'apple',
    'bread',
    'cake',
    'cheese',
    'chicken',
    'chocolate',
    'coffee',
    'corn',
    'egg',
    'fish',
    'ice cream',
    'lemon',
    'meat',
    'milk',
    'mushroom',
    'onion',
    'pasta',
    'pepper',
    'pizza',
    'potato',
    'rice',
    'salad',
    'soup',
    'strawberry',
    'tomato',
  ]),
  classifier('nsfw-recognition', 'e9576d86d2004ed1a38ba0cf39ecb4b1', 'nsfw', ['sfw', 'nsfw']),
  classifier('moderation-recognition', 'd16f390eb32cad478c7ae150069bd2c6', 'moderation', [
    'safe',
    'suggestive',
    'explicit',
    'drug',
    'gore',
  ]),
  detector('general-image-detection', '1580bb1932594c93b7e2e04456af7c6f', 'general-detection'),
  detector('face-detection', 'a403429f2ddf4b49b307e318f00e528b', 'face', ['face']),
  detector('celebrity-face-recognition', 'e466caa0619f444ab97497640cefc4dc', 'celebrity', [
    'somebody',
    'somebody else',
    'nobody in particular',
  ]),
  {
    id: 'audio-transcription',
    aliases: ['asr-wav2vec2-base-960h-english'],
    name: 'audio-transcription',
    modelTypeId: 'audio-to-text',
    takes: ['audio'],
    predict: lazily(
      () => (require('./synthetic-transcription') as typeof import('./synthetic-transcription')).syntheticTranscription,
    ),
  },
  {
    id: 'synthetic-text-classification',
    name: 'synthetic-text-classification',
    modelTypeId: 'text-classifier',
    takes: ['text'],
    predict: lazily(() => textModels().textSentiment),
  },
  {
    id: 'synthetic-text-embedding',
    name: 'synthetic-text-embedding',
    modelTypeId: 'text-embedder',
    takes: ['text'],
    description: 'Which words a text has, and how often: texts with the same words have vectors that are close.',
    predict: lazily(() => textModels().textEmbedding),
  },
  {
    id: 'synthetic-text-generation',
    name: 'synthetic-text-generation',
    versionId: '5e7d0a3c1b9f4862a0c4e8d2f6b13597',
    modelTypeId: 'text-to-text',
    takes: ['text'],
    predict: lazily(() => (require('./synthetic-text') as typeof import('./synthetic-text')).syntheticText),
  },
];

function classifier(id: string, alias: string, name: string, known: readonly string[]): BuiltInModel {
  const predict = lazily(() => overFrames(concepts().conceptsAmong(known)));
  return { id, aliases: [alias], name, modelTypeId: 'visual-classifier', takes: visual, predict };
}

/** @param known what it knows: without it, what the general model knows */
function detector(id: string, alias: string, name: string, known?: readonly string[]): BuiltInModel {
  const predict = lazily(() => {
    const { inRegions } = require('./synthetic-regions') as typeof import('./synthetic-regions');
    const { conceptsAmong, generalConcepts } = concepts();
    const one: ImageFunction =
      known === undefined ? (media) => ({ concepts: generalConcepts(media, 1) }) : conceptsAmong(known);
    return overFrames(inRegions(one));
  });
  return { id, aliases: [alias], name, modelTypeId: 'visual-detector', takes: visual, predict };
}

function concepts(): typeof import('./synthetic-concepts') {
  return require('./synthetic-concepts') as typeof import('./synthetic-concepts');
}

function textModels(): typeof import('./synthetic-text-models') {
  return require('./synthetic-text-models') as typeof import('./synthetic-text-models');
}

function overFrames(predict: ImageFunction): ModelFunction {
  return (require('./over-frames') as typeof import('./over-frames')).overFrames(predict);
}

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

function toState(model: BuiltInModel): ModelState {
  const { id, name, versionId = versionIdOf(id), modelTypeId, takes, description = synthetic, predict } = model;
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

/** In the form of the service's own: 32 hexadecimal digits. */
function versionIdOf(id: string): string {
  return createHash('md5').update(id).digest('hex');
}
