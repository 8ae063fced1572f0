import { randomId } from '../../base/ids';
import type { Query, Search, UserAppIDSet } from '../../../generated/proto/clarifai/api/resources';
import type { Pagination } from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import { showAnnotation } from '../inputs/show-annotation';
import { showInput } from '../inputs/show-input';
import { fetchMedia } from '../predict/fetch-media';
import type { FoundHit, HitKind } from '../search/run-search';
import { runSearch } from '../search/run-search';
import type { Answer, Call, Handlers } from '../service/call';
import { readableApp } from '../service/scope';
import type { AppState } from '../state/app-state';
import { saveSearch } from '../state/saved-searches';
import { sparse } from '../state/sparse';

interface SearchRequest {
  readonly userAppId: UserAppIDSet | undefined;
  readonly searches: readonly Search[];
  readonly pagination: Pagination | undefined;
  readonly query?: Query | undefined;
  readonly onlyCount?: boolean;
}

type SearchAnswer = Answer<'PostInputsSearches'>;

/** Searches for inputs and for annotations. */
export const searchHandlers: Handlers = {
  PostInputsSearches(request, call) {
    return search(request, 'input', call);
  },

  PostAnnotationsSearches(request, call) {
    return search(request, 'annotation', call);
  },

  PostSearches(request, call) {
    return search(request, 'input', call);
  },

  PostSearchesByID({ userAppId, id, pagination }, call) {
    const app = readableApp(call, userAppId);
    return execute(app, [saved(app, id)], { kind: 'input', pagination, onlyCount: false }, call);
  },
};

async function search(request: SearchRequest, kind: HitKind, call: Call): Promise<SearchAnswer> {
  const { userAppId, pagination, query, onlyCount = false } = request;
  const app = readableApp(call, userAppId);
  const asked = [...(query === undefined ? [] : [{ query: sparse(query) }]), ...request.searches.map(sparse)];
  if (asked.length === 0)
    throw refuse(StatusCode.SEARCH_INVALID_REQUEST, 'Expected at least one search.', 'Invalid request');
  if (asked.every(({ save }) => save === true)) {
    const searches = asked.map((one) => saveSearch(app, one, call.world));
    return { id: searches[0]?.id, searches, hits: [] };
  }
  // A search without a query stands for the saved one with its id.
  const searches = asked.map((one) => (one.query === undefined && one.id !== undefined ? saved(app, one.id) : one));
  return execute(app, searches, { kind, pagination, onlyCount }, call);
}

interface Execution {
  readonly kind: HitKind;
  readonly pagination: Pagination | undefined;
  readonly onlyCount: boolean;
}

async function execute(
  app: AppState,
  searches: readonly DeepPartial<Search>[],
  { kind, pagination, onlyCount }: Execution,
  call: Call,
): Promise<SearchAnswer> {
  const ranks = searches.flatMap(({ query }) => query?.ranks ?? []);
  await fetchMedia(
    ranks.map(({ annotation }) => annotation ?? {}),
    call,
  );
  const found = await Promise.all(searches.map((one) => runSearch(app, one, kind, pagination, call)));
  const id = searches[0]?.id ?? randomId(call.world.randomBytes);
  if (onlyCount) return { id, hits: [], hitCounts: found.map(({ total }) => ({ estimatedTotal: total })) };
  return { id, hits: found.flatMap(({ hits }) => hits.map((hit) => showHit(app, hit))) };
}

function showHit(app: AppState, { record, annotation, score }: FoundHit): NonNullable<SearchAnswer['hits']>[number] {
  return { score, input: showInput(app, record), annotation: showAnnotation(app, annotation), ...app.owner };
}

function saved(app: AppState, id: string): DeepPartial<Search> {
  const one = app.searches.get(id);
  if (one === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return one;
}
