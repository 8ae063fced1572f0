import type { ConceptRelation as ConceptRelationMessage } from '../../generated/proto/clarifai/api/resources';
import type { ListConceptRelationsRequest } from '../../generated/proto/clarifai/api/service';
import { assertArray, assertObject, assertString } from '../base/assert';
import { assertId } from '../base/id';
import { batch } from '../operations/batch';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { Outcome } from '../operations/outcome';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';

/** A relation as the service describes it. */
export interface ConceptRelationInfo extends Plain<ConceptRelationMessage> {}

/** Which relations to list. */
export type ConceptRelationFilter = Pick<DeepPartial<ListConceptRelationsRequest>, 'predicate' | 'knowledgeGraphId'>;

/** A relation from the concept at hand to another. */
export interface ConceptRelationFields {
  /** The other concept. */
  readonly objectConceptId: string;
  /** What the other is to this one: `hypernym`, `hyponym`, `synonym` ... */
  readonly predicate: string;
  /** The knowledge graph that says so. @default none */
  readonly knowledgeGraphId?: string | undefined;
}

/** The relations of one concept to others. */
export class ConceptRelations {
  /** The concept that the relations are from. */
  readonly conceptId: string;
  readonly #context: ScopedContext;

  constructor(context: ScopedContext, conceptId: string) {
    assertId(conceptId, 'conceptId');
    this.conceptId = conceptId;
    this.#context = context;
  }

  /** Lists the concept's relations. RPC: V2.ListConceptRelations. */
  list(filter: ConceptRelationFilter = {}, options: ListOptions = {}): Listing<ConceptRelationInfo> {
    const { conceptId } = this;
    return listing(options, async (page, call) => {
      const request = { ...filter, userAppId: this.#context.userAppId, conceptId, ...page };
      return (await this.#context.invoke('ListConceptRelations', request, call)).conceptRelations;
    });
  }

  /**
   * Connects the concept with others. RPC: V2.PostConceptRelations, with at most 128 relations a request.
   *
   * @example
   * await app.concepts.relations('honey').create([{ objectConceptId: 'food', predicate: 'hypernym' }]);
   */
  async create(
    relations: readonly ConceptRelationFields[],
    options: CallOptions = {},
  ): Promise<Outcome<ConceptRelationInfo>[]> {
    const { conceptId } = this;
    const { userAppId } = this.#context;
    const method = 'PostConceptRelations';
    assertArray(relations, 'relations', 'an array of relations');
    return batch({
      method,
      name: 'relations',
      items: relations.map(toMessage),
      signal: options.signal,
      idOf: () => undefined,
      send: (conceptRelations) => this.#context.invoke(method, { userAppId, conceptId, conceptRelations }, options),
      messagesOf: (answer) => answer.conceptRelations,
    });
  }

  /** Deletes relations; the concepts stay. RPC: V2.DeleteConceptRelations, with at most 128 ids a request. */
  async delete(relationIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { conceptId } = this;
    const { userAppId } = this.#context;
    await deleteInChunks(relationIds, 'relationIds', (ids) =>
      this.#context.invoke('DeleteConceptRelations', { userAppId, conceptId, ids }, options),
    );
  }
}

function toMessage(relation: ConceptRelationFields, index: number): DeepPartial<ConceptRelationMessage> {
  assertObject(relation, `relations[${index}]`, ['objectConceptId', 'predicate', 'knowledgeGraphId']);
  const { objectConceptId, predicate, knowledgeGraphId } = relation;
  assertId(objectConceptId, `relations[${index}].objectConceptId`);
  assertString(predicate, `relations[${index}].predicate`, { nonEmpty: true });
  return {
    objectConcept: { id: objectConceptId },
    predicate,
    ...(knowledgeGraphId !== undefined && { knowledgeGraphId }),
  };
}
