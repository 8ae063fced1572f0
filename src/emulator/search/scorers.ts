import type { Annotation, Concept, Image, Rank } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import { embeddingDimensions, toUnitLength } from '../predict/image-embedding';
import type { Media } from '../predict/media';
import { generalConcepts } from '../predict/synthetic-concepts';
import type { World } from '../state/world';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';
import { lexicalScore } from './lexical-score';
import { conceptsIn, isPositive, isSame } from './match-concepts';
import { storedMedia } from './stored-media';
import { translated } from './translations';
import type { Metric } from './visual-score';
import { embeddingOf, visualScore } from './visual-score';

/** How well an input fits; `undefined` for one that cannot be compared, which is no hit then. */
export type Scorer = (record: InputRecord) => number | undefined;

export interface ScorerContext {
  readonly app: AppState;
  readonly world: World;
  readonly language: string;
  readonly metric: Metric;
}

/** @throws Refusal for a rank that there is nothing to rank by */
export function scorerOf({ annotation = {}, negate = false }: DeepPartial<Rank>, context: ScorerContext): Scorer {
  const score = positiveScorer(annotation, context);
  if (!negate) return score;
  return (record) => {
    const value = score(record);
    return value === undefined ? undefined : 1 - value;
  };
}

function positiveScorer({ data = {}, inputId }: DeepPartial<Annotation>, context: ScorerContext): Scorer {
  if (inputId !== undefined) return byLikeness(embeddingOfInput(inputId, context), context);
  if (data.image !== undefined) return byLikeness(embeddingOfQuery(data.image, context), context);
  if (data.embeddings?.[0] !== undefined) return byLikeness(givenVector(data.embeddings[0].vector ?? []), context);
  if (data.concepts !== undefined) return byConcepts(data.concepts, context);
  if (data.text?.raw !== undefined) return byWords(data.text.raw, context);
  throw refuse(
    StatusCode.SEARCH_INVALID_REQUEST,
    'Expected a rank by concepts, an image, a text, an embedding or the ID of an input.',
    'Invalid request',
  );
}

function byLikeness(wanted: Float32Array, context: ScorerContext): Scorer {
  return (record) => {
    const found = embeddingOfRecord(record, context);
    return found && visualScore(wanted, found, context.metric);
  };
}

function embeddingOfRecord(record: InputRecord, { app, world }: ScorerContext): Float32Array | undefined {
  if (record.data.image === undefined) return undefined;
  const media = storedMedia(app, record, world.urls);
  return media && embeddingOf(media);
}

function embeddingOfInput(inputId: string, context: ScorerContext): Float32Array {
  const record = context.app.inputs.get(inputId);
  if (record === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  const isIndexed = record.statusCode === StatusCode.INPUT_SUCCESS;
  const embedding = isIndexed ? embeddingOfRecord(record, context) : undefined;
  if (embedding === undefined)
    throw refuse(StatusCode.SEARCH_BY_NOT_FULLY_INDEXED_INPUT, `The input '${inputId}' is not indexed.`);
  return embedding;
}

function embeddingOfQuery(image: DeepPartial<Image>, { app, world }: ScorerContext): Float32Array {
  if (image.base64 === undefined && image.url === undefined)
    throw refuse(StatusCode.INPUT_INVALID_ARGUMENT, 'The image has neither a URL nor bytes.');
  const media = storedMedia(app, { id: '', data: { image }, bytes: image.base64 }, world.urls);
  const embedding = media && embeddingOf(media);
  if (embedding === undefined) throw refuse(StatusCode.INPUT_FAILED, image.url && `Could not read ${image.url}`);
  return embedding;
}

function givenVector(vector: readonly number[]): Float32Array {
  if (vector.length !== embeddingDimensions) {
    throw refuse(
      StatusCode.SEARCH_INVALID_REQUEST,
      `Expected an embedding of ${embeddingDimensions} dimensions, got ${vector.length}.`,
      'Invalid request',
    );
  }
  return toUnitLength(Float32Array.from(vector));
}

/** What a person said of the input counts more than what the general model says. */
function byConcepts(wanted: readonly DeepPartial<Concept>[], { app, world, language }: ScorerContext): Scorer {
  return (record) => {
    const said = [record.data, ...record.annotations.map(({ data }) => data ?? {})].flatMap(conceptsIn);
    const media = record.data.image && storedMedia(app, record, world.urls);
    const predicted = media === undefined ? [] : generalConcepts(media);
    const scores = wanted.flatMap((one) => {
      const found =
        said.find((other) => isSame(one, other)) ?? predicted.find((other) => isSame(one, inLanguage(other, language)));
      if (found === undefined) return [];
      return isPositive(one) ? (found.value ?? 0) : 1 - (found.value ?? 0);
    });
    return scores.length === 0 ? undefined : Math.max(...scores);
  };
}

function inLanguage(concept: DeepPartial<Concept>, language: string): DeepPartial<Concept> {
  return language === 'en' ? concept : { ...concept, name: translated(concept.name ?? '', language) ?? concept.name };
}

/** The words of a text input, or those that people have said of an image: the emulator does not read pictures. */
function byWords(wanted: string, { app, world }: ScorerContext): Scorer {
  return (record) => {
    const media: Media | undefined = storedMedia(app, record, world.urls);
    const said = conceptsIn(record.data).filter(isPositive);
    return lexicalScore(wanted, [media?.text ?? '', ...said.map(({ name = '' }) => name)].join(' '));
  };
}
