import type { Concept } from '../../../generated/proto/clarifai/api/resources';
import { refuse } from '../answers';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { translated } from '../search/translations';
import { matchesPattern } from '../search/wildcard';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { publicApp } from '../state/public-app';

/** Searches for concepts by name, those of the app first and then Clarifai's. */
export const conceptSearchHandlers: Handlers = {
  PostConceptsSearches({ userAppId, conceptQuery, pagination }, call) {
    const app = readableApp(call, userAppId);
    const { name = '', language = '', ignoreAppConcepts = false } = conceptQuery ?? {};
    if (name === '') throw refuse(StatusCode.CONCEPTS_INVALID_REQUEST, 'Expected the name of a concept to search for.');
    const main = publicApp(call.world);
    const own = ignoreAppConcepts || app === main ? [] : inLanguage(app, language || 'en');
    const all = [...own, ...inLanguage(main, language || 'en')];
    const found = all.filter((concept) => matchesPattern(concept.name ?? '', name) || concept.id === name);
    return { concepts: pageOf(found, pagination ?? { page: 1, perPage: 0 }, call.world.options.limits) };
  },
};

/** The concepts of an app that have a name in the language, with that name. */
function inLanguage(app: AppState, language: string): Stored<Concept>[] {
  return [...app.concepts.values()].flatMap((concept) => {
    const name = nameIn(app, concept, language);
    return name === undefined ? [] : [{ ...concept, name, language }];
  });
}

function nameIn(
  app: AppState,
  { id, name = id, language = 'en' }: Stored<Concept>,
  wanted: string,
): string | undefined {
  const given = app.conceptLanguages.get(id)?.find((one) => one.id === wanted)?.name;
  if (given !== undefined || language === wanted) return given ?? name;
  return app.id === 'main' ? translated(name, wanted) : undefined;
}
