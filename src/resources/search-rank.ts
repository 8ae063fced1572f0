import type { Concept, Data, Rank } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertNumber, assertObject, assertString, invalidArgument } from '../base/assert';
import { assertId } from '../base/id';
import { type ConceptRef, toConceptRef } from '../inputs/concepts';
import type { MediaLike } from '../inputs/input-like';
import { assertJsonObject, type JsonObject } from '../inputs/json';
import { toInput } from '../inputs/to-input';
import type { DeepPartial, Mutable } from '../wire/codec';

/** A concept in a search: by id or name. A string is an id; `value: 0` asks for what has it not. */
export type SearchConcept =
  | string
  | (Exclude<ConceptRef, string> & {
      /** 1, it is there, or 0, it is not. @default 1 */
      readonly value?: number | undefined;
    });

/** What hits are sorted by: likeness to a picture, a text or a vector, or how sure models are of concepts. */
export interface SearchRank {
  /** Hits that look like it: a URL, bytes, a Blob or a file. */
  readonly image?: MediaLike | undefined;
  /** Hits that mean it. */
  readonly text?: string | undefined;
  /** Hits that look like an input of the app. */
  readonly inputId?: string | undefined;
  /** Hits whose embedding is near this vector. */
  readonly embedding?: readonly number[] | undefined;
  /** Hits that people or models gave these concepts, the surest first. */
  readonly concepts?: readonly SearchConcept[] | undefined;
  /** Hits whose metadata holds this. */
  readonly metadata?: JsonObject | undefined;
  /** Turns the order round. @default false */
  readonly negate?: boolean | undefined;
}

const fields = [
  'image',
  'text',
  'inputId',
  'embedding',
  'concepts',
  'metadata',
  'negate',
] as const satisfies readonly (keyof SearchRank)[];

/** @throws InvalidRequestError naming the argument and the value */
export async function toRank(rank: SearchRank, name: string): Promise<DeepPartial<Rank>> {
  assertObject(rank, name, fields);
  const { inputId, negate, image } = rank;
  if (inputId !== undefined) assertId(inputId, `${name}.inputId`);
  const data = toData(rank, name);
  if (image !== undefined) data.image = await toSearchImage(image, name);
  if (Object.keys(data).length === 0 && inputId === undefined) {
    throw invalidArgument(name, 'something to rank by: image, text, inputId, embedding, concepts or metadata', rank);
  }
  const annotation = { ...(Object.keys(data).length > 0 && { data }), ...(inputId !== undefined && { inputId }) };
  return { annotation, ...(negate === true && { negate }) };
}

function toData({ text, embedding, concepts, metadata }: SearchRank, name: string): Mutable<DeepPartial<Data>> {
  const data: Mutable<DeepPartial<Data>> = {};
  if (text !== undefined) {
    assertString(text, `${name}.text`, { nonEmpty: true });
    data.text = { raw: text };
  }
  if (embedding !== undefined) {
    assertArray(embedding, `${name}.embedding`, 'an array of numbers');
    embedding.forEach((value, index) => assertNumber(value, `${name}.embedding[${index}]`));
    data.embeddings = [{ vector: embedding, numDimensions: embedding.length }];
  }
  if (concepts !== undefined) data.concepts = toSearchConcepts(concepts, `${name}.concepts`);
  if (metadata !== undefined) {
    assertJsonObject(metadata, `${name}.metadata`);
    data.metadata = metadata;
  }
  return data;
}

/** @throws InvalidRequestError for a picture that the service cannot fetch or would not take */
export async function toSearchImage(image: MediaLike, name: string): Promise<DeepPartial<Data['image']>> {
  const { message } = await toInput({ image }, name);
  const url = message.data?.image?.url;
  if (url !== undefined && !/^https?:/i.test(url)) {
    throw invalidArgument(`${name}.image`, 'a URL that begins with http:// or https://', url);
  }
  return message.data?.image;
}

export function toSearchConcepts(concepts: readonly SearchConcept[], name: string): readonly DeepPartial<Concept>[] {
  assertArray(concepts, name, 'an array of concepts');
  return concepts.map((concept, index) => toSearchConcept(concept, `${name}[${index}]`));
}

function toSearchConcept(concept: SearchConcept, name: string): DeepPartial<Concept> {
  if (typeof concept === 'string') return { ...toConceptRef(concept, name), value: 1 };
  assertObject(concept, name);
  const { value = 1, ...ref } = concept;
  assertNumber(value, `${name}.value`, { min: 0, max: 1 });
  return { ...toConceptRef(ref, name), value };
}
