import type { Concept as ConceptMessage } from '../../generated/proto/clarifai/api/resources';
import type { ConceptQuery } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertObject, assertString } from '../base/assert';
import { assertId } from '../base/id';
import { batch } from '../operations/batch';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { Outcome } from '../operations/outcome';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import { ConceptLanguages } from './concept-languages';
import { ConceptRelations } from './concept-relations';
import type { ScopedContext } from './context';
import { type PatchOptions, readPatchOptions } from './patch';

/** A concept as the service describes it. */
export interface ConceptInfo extends Plain<ConceptMessage> {}

/** What a concept is made of. */
export interface ConceptFields extends Omit<DeepPartial<ConceptMessage>, 'id'> {
  /** The concept's id. */
  readonly id: string;
}

/** Where a search for concepts looks besides their names: `language`, and the model or workflow that knows them. */
export type ConceptSearchFilter = Omit<DeepPartial<ConceptQuery>, 'name'>;

/** The concepts of an app: what its inputs are labelled with and its models learn. */
export class Concepts {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /** How one concept is connected with others. */
  relations(conceptId: string): ConceptRelations {
    return new ConceptRelations(this.#context, conceptId);
  }

  /** The names of one concept in several languages. */
  languages(conceptId: string): ConceptLanguages {
    return new ConceptLanguages(this.#context, conceptId);
  }

  /** Lists the app's concepts. RPC: V2.ListConcepts. */
  list(options: ListOptions = {}): Listing<ConceptInfo> {
    return listing(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListConcepts', request, call)).concepts;
    });
  }

  /**
   * Reads a concept. RPC: V2.GetConcept.
   *
   * @throws NotFoundError when the app has no concept with this id
   */
  async get(conceptId: string, options: CallOptions = {}): Promise<ConceptInfo> {
    assertId(conceptId, 'conceptId');
    const request = { userAppId: this.#context.userAppId, conceptId };
    return single((await this.#context.invoke('GetConcept', request, options)).concept, 'GetConcept');
  }

  /**
   * Makes concepts; a concept without a name has its id for one. RPC: V2.PostConcepts, with at most 128 concepts a request.
   *
   * @throws AlreadyExistsError when the app has one of them already
   * @example
   * await app.concepts.create(['cat', { id: 'dog', name: 'Dog' }]);
   */
  async create(
    concepts: readonly (string | ConceptFields)[],
    options: CallOptions = {},
  ): Promise<Outcome<ConceptInfo>[]> {
    return this.#send('PostConcepts', toFields(concepts).map(withName), options);
  }

  /**
   * Changes concepts. RPC: V2.PatchConcepts, with at most 128 concepts a request.
   *
   * @param options `action`: the service takes `'overwrite'` only, which replaces the fields that are given
   * @throws NotFoundError when the app has not all of them
   */
  async patch(concepts: readonly ConceptFields[], options: PatchOptions = {}): Promise<Outcome<ConceptInfo>[]> {
    const { action, ...call } = readPatchOptions(options, 'overwrite', ['overwrite']);
    return this.#send('PatchConcepts', toFields(concepts), call, { action });
  }

  /**
   * Finds concepts by name: those of the app and those of Clarifai's own models. RPC: V2.PostConceptsSearches.
   *
   * @param name with `*` for any characters, such as `dog*`
   * @example
   * const dogs = await app.concepts.search('犬', { language: 'ja' }).toArray();
   */
  search(name: string, filter: ConceptSearchFilter = {}, options: ListOptions = {}): Listing<ConceptInfo> {
    assertString(name, 'name');
    return listing(options, async (pagination, call) => {
      const request = { userAppId: this.#context.userAppId, conceptQuery: { ...filter, name }, pagination };
      return (await this.#context.invoke('PostConceptsSearches', request, call)).concepts;
    });
  }

  #send(
    method: 'PostConcepts' | 'PatchConcepts',
    items: readonly ConceptFields[],
    call: CallOptions,
    more: { readonly action?: string } = {},
  ): Promise<Outcome<ConceptInfo>[]> {
    const { userAppId } = this.#context;
    return batch({
      method,
      name: 'concepts',
      items,
      signal: call.signal,
      idOf: (concept) => concept.id,
      send: (concepts) => this.#context.invoke(method, { userAppId, concepts, ...more }, call),
      messagesOf: (answer) => answer.concepts,
    });
  }
}

function toFields(concepts: readonly (string | ConceptFields)[]): readonly ConceptFields[] {
  assertArray(concepts, 'concepts', 'an array of concepts');
  return concepts.map((concept, index) => {
    const name = `concepts[${index}]`;
    if (typeof concept === 'string') {
      assertId(concept, name);
      return { id: concept };
    }
    assertObject(concept, name);
    assertId(concept.id, `${name}.id`);
    return concept;
  });
}

function withName(concept: ConceptFields): ConceptFields {
  return { name: concept.id, ...concept };
}
