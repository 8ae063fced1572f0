import type { ConceptLanguage } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { sparse } from '../state/sparse';

type Languages = readonly Stored<ConceptLanguage>[];

/** Names of concepts in other languages. */
export const conceptLanguageHandlers: Handlers = {
  GetConceptLanguage({ userAppId, conceptId, language }, call) {
    const found = languagesOf(readableApp(call, userAppId), conceptId).find(({ id }) => id === language);
    if (found === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    return { conceptLanguage: found };
  },

  ListConceptLanguages(request, call) {
    const languages = languagesOf(readableApp(call, request.userAppId), request.conceptId);
    return { conceptLanguages: pageOf(languages, request, call.world.options.limits) };
  },

  PostConceptLanguages({ userAppId, conceptId, conceptLanguages }, call) {
    const app = writableApp(call, userAppId);
    const before = languagesOf(app, conceptId);
    for (const { id } of conceptLanguages) {
      if (id === '') throw refuse(StatusCode.CONCEPTS_INVALID_REQUEST, 'Expected the ID of a language, such as zh.');
      if (before.some((one) => one.id === id))
        throw refuse(StatusCode.CONCEPTS_INVALID_REQUEST, `The language '${id}' is a duplicate.`);
    }
    const added = conceptLanguages.map(toStored);
    app.conceptLanguages.set(conceptId, [...before, ...added]);
    return { conceptLanguages: added };
  },

  PatchConceptLanguages({ userAppId, conceptId, conceptLanguages, action }, call) {
    const app = writableApp(call, userAppId);
    if (action !== '' && action !== 'overwrite')
      throw refuse(StatusCode.CONCEPTS_INVALID_REQUEST, `Invalid action '${action}': expected 'overwrite'.`);
    const patched = conceptLanguages.map(toStored);
    const kept = languagesOf(app, conceptId).filter(({ id }) => !patched.some((one) => one.id === id));
    app.conceptLanguages.set(conceptId, [...kept, ...patched]);
    return { conceptLanguages: patched };
  },
};

function languagesOf(app: AppState, conceptId: string): Languages {
  if (!app.concepts.has(conceptId)) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return app.conceptLanguages.get(conceptId) ?? [];
}

function toStored(language: ConceptLanguage): DeepPartial<ConceptLanguage> & { readonly id: string } {
  return { ...sparse(language), id: language.id };
}
