import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import { assertAllNew, deleteFrom, existingIn } from '../state/existing';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** Searches that say which annotations a dataset version takes in. */
export const annotationFilterHandlers: Handlers = {
  GetAnnotationFilter({ userAppId, annotationFilterId }, call) {
    return { annotationFilter: existingIn(readableApp(call, userAppId).annotationFilters, annotationFilterId) };
  },

  ListAnnotationFilters(request, call) {
    const { annotationFilters } = readableApp(call, request.userAppId);
    return { annotationFilters: pageOf(annotationFilters.values(), request, call.world.options.limits) };
  },

  PostAnnotationFilters({ userAppId, annotationFilters }, call) {
    const app = writableApp(call, userAppId);
    assertAllNew(app.annotationFilters, annotationFilters);
    const at = toTimestamp(call.world.clock.now());
    const added = annotationFilters.map((posted) => ({
      ...sparse(posted),
      id: posted.id,
      createdAt: at,
      modifiedAt: at,
      ...app.owner,
    }));
    for (const filter of added) app.annotationFilters.set(filter.id, filter);
    return { annotationFilters: added };
  },

  PatchAnnotationFilters({ userAppId, annotationFilters, action }, call) {
    const app = writableApp(call, userAppId);
    if (action !== 'overwrite')
      throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, `Invalid action '${action}': expected 'overwrite'.`);
    const modifiedAt = toTimestamp(call.world.clock.now());
    const patched = annotationFilters.map((patch) => ({
      ...existingIn(app.annotationFilters, patch.id),
      ...sparse(patch),
      id: patch.id,
      modifiedAt,
    }));
    for (const filter of patched) app.annotationFilters.set(filter.id, filter);
    return { annotationFilters: patched };
  },

  DeleteAnnotationFilters({ userAppId, annotationFilterIds }, call) {
    deleteFrom(writableApp(call, userAppId).annotationFilters, annotationFilterIds);
    return {};
  },
};
