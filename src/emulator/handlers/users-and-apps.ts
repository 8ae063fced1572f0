import type { App } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { matchesPattern } from '../search/wildcard';
import type { Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { assertIsSelf, owns, readableApp, scopedUser, writableApp } from '../service/scope';
import { assertId } from '../state/ids';
import { existingIn } from '../state/existing';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';
import type { AppState, Stored } from '../state/app-state';

/** Users and their apps. */
export const userAndAppHandlers: Handlers = {
  GetUser(request, call) {
    return { user: scopedUser(call, request.userAppId).message };
  },

  GetApp(request, call) {
    return { app: readableApp(call, request.userAppId).message };
  },

  ListApps(request, call) {
    const user = scopedUser(call, request.userAppId);
    const isSelf = 'userId' in call.principal && call.principal.userId === user.message.id;
    const visible = [...user.apps.values()].filter(({ isPublic }) => isSelf || isPublic);
    return { apps: pageOf(visible, request, call.world.options.limits).map(({ message }) => message) };
  },

  PostApps(request, call) {
    const user = scopedUser(call, request.userAppId);
    assertIsSelf(call, user);
    if (request.apps.length === 0) throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one app.');
    for (const { id } of request.apps) {
      assertId(id, StatusCode.CONN_BAD_REQUEST_FORMAT);
      if (user.apps.has(id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY, `The app '${id}' already exists.`);
    }
    const apps = request.apps.map((app) => call.world.addApp(user.message.id, { ...sparse(app), id: app.id }, false));
    return { apps: apps.map(({ message }) => message) };
  },

  PatchApp({ userAppId, app: patch, action }, call) {
    const app = writableApp(call, userAppId);
    if (patch === undefined) throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected an app.');
    return { app: patchApp(app, patch, action, call.world) };
  },

  PatchApps(request, call) {
    return { apps: patchApps(request, call) };
  },

  PatchAppsDetails(request, call) {
    return { apps: patchApps(request, call) };
  },

  PostAppsSearches({ userAppId, appQuery, pagination }, call) {
    // Without a user, all apps that the caller may see are looked through.
    const users = userAppId?.userId ? [scopedUser(call, userAppId)] : [...call.world.users.values()];
    const { name = '' } = appQuery ?? {};
    const found = users
      .flatMap(({ apps }) => [...apps.values()])
      .filter((app) => (app.isPublic || owns(call.principal, app)) && matchesPattern(app.message.name ?? app.id, name));
    const asked = pagination ?? { page: 1, perPage: 0 };
    return { apps: pageOf(found, asked, call.world.options.limits).map(({ message }) => message) };
  },

  GetResourceCounts({ userAppId }, call) {
    const { datasets, models, workflows, modules, inputs } = readableApp(call, userAppId);
    const { pending, inProgress, succeeded, failed } = inputs.counts();
    return {
      datasets: datasets.size,
      models: models.size,
      workflows: workflows.size,
      modules: modules.size,
      inputs: pending + inProgress + succeeded + failed,
    };
  },

  DeleteApp(request, call) {
    const app = writableApp(call, request.userAppId);
    call.world.users.get(app.userId)?.apps.delete(app.id);
    return {};
  },
};

interface PatchRequest {
  readonly userAppId: Parameters<typeof scopedUser>[1];
  readonly apps: readonly App[];
  readonly action: string;
}

function patchApps({ userAppId, apps, action }: PatchRequest, call: Call): Stored<App>[] {
  const user = scopedUser(call, userAppId);
  assertIsSelf(call, user);
  const found = apps.map((patch) => ({ patch, app: existingIn(user.apps, patch.id) }));
  return found.map(({ patch, app }) => patchApp(app, patch, action, call.world));
}

/** What is given replaces what was there; ids are changed by another RPC. */
function patchApp(app: AppState, patch: App, action: string, { clock }: World): Stored<App> {
  if (!['', 'merge', 'overwrite'].includes(action)) {
    const details = `Invalid action '${action}': expected 'merge' or 'overwrite'.`;
    throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, details);
  }
  const { id: _id, userId: _userId, ...given } = sparse(patch);
  app.message = { ...app.message, ...given, modifiedAt: toTimestamp(clock.now()) };
  return app.message;
}
