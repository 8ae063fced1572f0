import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { assertIsSelf, readableApp, scopedUser, writableApp } from '../service/scope';
import { assertId } from '../state/ids';
import { sparse } from '../state/sparse';

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

  DeleteApp(request, call) {
    const app = writableApp(call, request.userAppId);
    call.world.users.get(app.userId)?.apps.delete(app.id);
    return {};
  },
};
