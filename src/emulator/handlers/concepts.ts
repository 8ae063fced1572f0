import type { Concept } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { assertId } from '../state/ids';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** Concepts of an app. */
export const conceptHandlers: Handlers = {
  GetConcept(request, call) {
    return { concept: existing(readableApp(call, request.userAppId), request.conceptId) };
  },

  ListConcepts(request, call) {
    const wanted = request.id.toLowerCase();
    const concepts = [...readableApp(call, request.userAppId).concepts.values()];
    const found = concepts.filter(({ id }) => id.toLowerCase().includes(wanted));
    return { concepts: pageOf(found, request, call.world.options.limits) };
  },

  PostConcepts(request, call) {
    const app = writableApp(call, request.userAppId);
    if (request.concepts.length === 0)
      throw refuse(StatusCode.CONCEPTS_INVALID_REQUEST, 'Expected at least one concept.');
    const ids = new Set<string>();
    for (const { id } of request.concepts) {
      assertId(id, StatusCode.CONCEPTS_INVALID_REQUEST);
      if (ids.has(id) || app.concepts.has(id))
        throw refuse(StatusCode.CONCEPTS_INVALID_REQUEST, `The concept '${id}' is a duplicate.`);
      ids.add(id);
    }
    return { concepts: request.concepts.map((concept) => addConcept(app, concept, call)) };
  },

  PatchConcepts(request, call) {
    const app = writableApp(call, request.userAppId);
    if (request.action !== '' && request.action !== 'overwrite') {
      throw refuse(StatusCode.CONCEPTS_INVALID_REQUEST, `Invalid action '${request.action}': expected 'overwrite'.`);
    }
    for (const { id } of request.concepts) existing(app, id);
    const concepts = request.concepts.map((patch) => ({ ...existing(app, patch.id), ...sparse(patch), id: patch.id }));
    for (const concept of concepts) app.concepts.set(concept.id, concept);
    return { concepts };
  },
};

function existing(app: AppState, id: string): Stored<Concept> {
  const concept = app.concepts.get(id);
  if (concept === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return concept;
}

function addConcept(app: AppState, posted: Concept, { world }: Call): Stored<Concept> {
  const createdAt = toTimestamp(world.clock.now());
  const concept = { name: posted.id, language: 'en', ...sparse(posted), id: posted.id, createdAt, ...app.owner };
  app.concepts.set(posted.id, concept);
  return concept;
}
