import { randomId } from '../../base/ids';
import type { ConceptRelation } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { matchesPattern } from '../search/wildcard';
import type { Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { sparse } from '../state/sparse';

/** What one concept is to another, and what people know by it. */
const predicates = ['hypernym', 'hyponym', 'synonym'];
/** The same relation as seen from its other end. */
const opposites: Readonly<Record<string, string>> = { hypernym: 'hyponym', hyponym: 'hypernym', synonym: 'synonym' };

/** Relations between concepts. */
export const conceptRelationHandlers: Handlers = {
  ListConceptRelations(request, call) {
    const app = readableApp(call, request.userAppId);
    const { conceptId, predicate, knowledgeGraphId } = request;
    const found = [...app.conceptRelations.values()]
      .flatMap((relation) => (conceptId === '' ? [relation] : seenFrom(relation, conceptId)))
      .filter(
        (relation) =>
          matchesPattern(relation.predicate ?? '', predicate) &&
          (knowledgeGraphId === '' || relation.knowledgeGraphId === knowledgeGraphId),
      );
    return { conceptRelations: pageOf(found, request, call.world.options.limits) };
  },

  PostConceptRelations({ userAppId, conceptId, conceptRelations }, call) {
    const app = writableApp(call, userAppId);
    const added = conceptRelations.map((posted) => toStored(app, conceptId, posted, call));
    for (const relation of added) app.conceptRelations.set(relation.id, relation);
    return { conceptRelations: added };
  },

  DeleteConceptRelations({ userAppId, ids }, call) {
    const app = writableApp(call, userAppId);
    if (ids.some((id) => !app.conceptRelations.has(id))) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    for (const id of ids) app.conceptRelations.delete(id);
    return {};
  },
};

/** A relation with the concept as its subject, turned around if need be; nothing when it is of other concepts. */
function seenFrom(relation: Stored<ConceptRelation>, conceptId: string): Stored<ConceptRelation>[] {
  const { subjectConcept, objectConcept, predicate = '' } = relation;
  if (subjectConcept?.id === conceptId) return [relation];
  if (objectConcept?.id !== conceptId) return [];
  return [
    { ...relation, subjectConcept: objectConcept, objectConcept: subjectConcept, predicate: opposites[predicate] },
  ];
}

function toStored(app: AppState, conceptId: string, posted: ConceptRelation, { world }: Call): Stored<ConceptRelation> {
  const { predicate } = posted;
  if (!predicates.includes(predicate)) {
    const details = `Invalid predicate '${predicate}': expected ${predicates.join(', ')}.`;
    throw refuse(StatusCode.CONCEPTS_INVALID_REQUEST, details);
  }
  const subjectConcept = app.concepts.get(posted.subjectConcept?.id || conceptId);
  const objectConcept = app.concepts.get(posted.objectConcept?.id ?? '');
  if (subjectConcept === undefined || objectConcept === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return { ...sparse(posted), id: posted.id || randomId(world.randomBytes), subjectConcept, objectConcept };
}
