import type { Search, UserAppIDSet } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Answer, Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

interface PatchRequest {
  readonly userAppId: UserAppIDSet | undefined;
  readonly searches: readonly Search[];
  readonly action: string;
}

/** Searches that were saved. */
export const savedSearchHandlers: Handlers = {
  GetSearch(request, call) {
    return { search: existing(readableApp(call, request.userAppId), request.id) };
  },

  ListSearches(request, call) {
    const { searches } = readableApp(call, request.userAppId);
    return { searches: pageOf(searches.values(), request, call.world.options.limits) };
  },

  PatchSearches(request, call) {
    return { searches: patch(request, call) };
  },

  PatchInputsSearches(request, call) {
    return patchAnswer(request, call);
  },

  PatchAnnotationsSearches(request, call) {
    return patchAnswer(request, call);
  },

  DeleteSearch(request, call) {
    const app = writableApp(call, request.userAppId);
    existing(app, request.id);
    app.searches.delete(request.id);
    return {};
  },
};

function patchAnswer(request: PatchRequest, call: Call): Answer<'PatchInputsSearches'> {
  const searches = patch(request, call);
  return { id: searches[0]?.id, searches, hits: [] };
}

/** Merging and overwriting are the same here: what is given replaces what was there, field by field. */
function patch({ userAppId, searches, action }: PatchRequest, call: Call): Stored<Search>[] {
  const app = writableApp(call, userAppId);
  if (action !== '' && action !== 'merge' && action !== 'overwrite') {
    const details = `Invalid action '${action}': expected 'merge' or 'overwrite'.`;
    throw refuse(StatusCode.SEARCH_INVALID_REQUEST, details, 'Invalid request');
  }
  const modifiedAt = toTimestamp(call.world.clock.now());
  const patched = searches.map((one) => ({ ...existing(app, one.id), ...sparse(one), id: one.id, modifiedAt }));
  for (const one of patched) app.searches.set(one.id, one);
  return patched;
}

function existing(app: AppState, id: string): Stored<Search> {
  const search = app.searches.get(id);
  if (search === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return search;
}
