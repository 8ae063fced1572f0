import type { MethodName } from '../../generated/methods';
import type { Annotation, Concept, Dataset, Input, Workflow } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { assertObject, invalidArgument, invalidRequest } from '../base/assert';
import { InvalidRequestError } from '../base/errors';
import type { DeepPartial } from '../wire/codec';
import type { AnswerStatus } from './answers';

/** What an app is filled with, in the form in which the service's RPCs take it. */
export interface EmulatorSeed {
  /** As PostConcepts takes them. */
  readonly concepts?: readonly DeepPartial<Concept>[] | undefined;
  /** As PostDatasets takes them. */
  readonly datasets?: readonly DeepPartial<Dataset>[] | undefined;
  /** They are processed at once. */
  readonly inputs?: readonly DeepPartial<Input>[] | undefined;
  /** As PostAnnotations takes them; their inputs stand in `inputs`, or are there. */
  readonly annotations?: readonly DeepPartial<Annotation>[] | undefined;
  /** As PostWorkflows takes them. */
  readonly workflows?: readonly DeepPartial<Workflow>[] | undefined;
}

/** The RPC that adds each noun, in an order in which later ones may refer to earlier ones. */
const methodByNoun: Readonly<Record<keyof EmulatorSeed, MethodName>> = {
  concepts: 'PostConcepts',
  datasets: 'PostDatasets',
  inputs: 'PostInputs',
  annotations: 'PostAnnotations',
  workflows: 'PostWorkflows',
};
const nouns = Object.keys(methodByNoun) as (keyof EmulatorSeed)[];

/** Does what an RPC does, and gives the status of its answer. */
export type Perform = (method: MethodName, request: object) => Promise<AnswerStatus>;

/** @throws InvalidRequestError naming the first thing that the service would not take; those before it are there */
export async function plant(seed: EmulatorSeed, perform: Perform): Promise<void> {
  assertObject(seed, 'seed', nouns);
  for (const noun of nouns) {
    const items: unknown = seed[noun] ?? [];
    if (!Array.isArray(items)) throw invalidArgument(`seed.${noun}`, 'an array', items);
    for (const [index, item] of (items as unknown[]).entries()) {
      await plantOne(noun, index, item, perform);
    }
  }
}

/** One by one, so that an error names the one. */
async function plantOne(noun: keyof EmulatorSeed, index: number, item: unknown, perform: Perform): Promise<void> {
  const name = `seed.${noun}[${index}]`;
  const answer = await perform(methodByNoun[noun], { [noun]: [item] }).catch((error: unknown) => {
    if (!(error instanceof InvalidRequestError)) throw error;
    throw invalidRequest(error.message.replaceAll(`${noun}[0]`, name), { cause: error.cause });
  });
  const { code, description, details } = answer;
  if (code !== StatusCode.SUCCESS) throw invalidRequest(`${name}: ${StatusCode[code]}: ${details || description}`);
}
