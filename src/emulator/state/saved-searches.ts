import type { Search } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import type { DeepPartial } from '../../wire/codec';
import type { AppState, Stored } from './app-state';
import { assertId, assertNew } from './ids';
import { toTimestamp } from './timestamp';
import type { World } from './world';

/** Keeps a search under its id, or under one that is made up. */
export function saveSearch(app: AppState, search: DeepPartial<Search>, { clock, randomBytes }: World): Stored<Search> {
  const id = search.id ?? randomId(randomBytes);
  assertId(id, StatusCode.SEARCH_INVALID_REQUEST);
  assertNew(app.searches, id);
  const at = toTimestamp(clock.now());
  const saved = { ...search, id, applicationId: app.id, createdAt: at, modifiedAt: at };
  app.searches.set(id, saved);
  return saved;
}
