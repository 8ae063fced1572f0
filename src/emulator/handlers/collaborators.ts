import { randomId } from '../../base/ids';
import type { Collaborator } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { assertIsSelf, readableApp, scopedUser, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { collaboratorIn } from '../state/collaborators';
import { existingIn } from '../state/existing';
import { toGrant } from '../state/keys';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** Users who may work in an app that is not theirs. */
export const collaboratorHandlers: Handlers = {
  ListCollaborators(request, call) {
    const app = readableApp(call, request.userAppId);
    const found = [...app.collaborators.values()].filter(
      ({ deletedAt }) => request.listAllCollaborators || deletedAt === undefined,
    );
    const collaborators = pageOf(found, request, call.world.options.limits);
    return { collaborators, appOwner: call.world.users.get(app.userId)?.message };
  },

  PostCollaborators({ userAppId, collaborators }, call) {
    const app = writableApp(call, userAppId);
    if (collaborators.length === 0)
      throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one collaborator.');
    const added = collaborators.map((posted) => toCollaborator(app, posted, call));
    for (const one of added) app.collaborators.set(one.id, one);
    return { collaborators: added };
  },

  PatchCollaborators({ userAppId, collaborators, action }, call) {
    const app = writableApp(call, userAppId);
    if (action !== 'overwrite')
      throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, `Invalid action '${action}': expected 'overwrite'.`);
    const modifiedAt = toTimestamp(call.world.clock.now());
    const patched = collaborators.map((patch) => ({ ...existing(app, patch.id), ...toGrant(patch), modifiedAt }));
    for (const one of patched) app.collaborators.set(one.id, one);
    return { collaborators: patched };
  },

  DeleteCollaborators({ userAppId, collaboratorIds, userEmails }, call) {
    const app = writableApp(call, userAppId);
    const byEmail = userEmails.map((email) => userWith(email, call));
    const gone = [
      ...collaboratorIds.map((id) => existing(app, id)),
      ...byEmail.map((userId) => collaboratorIn(app, userId) ?? existing(app, '')),
    ];
    const deletedAt = toTimestamp(call.world.clock.now());
    for (const one of gone) app.collaborators.set(one.id, { ...one, deletedAt });
    return {};
  },

  ListCollaborations(request, call) {
    const user = scopedUser(call, request.userAppId);
    assertIsSelf(call, user);
    const owners = [...call.world.users.values()];
    const found = owners.flatMap(({ message: appOwner, apps }) =>
      [...apps.values()].flatMap((app) => {
        const mine = collaboratorIn(app, user.message.id);
        if (mine === undefined || (request.templateOnly && app.message.isTemplate !== true)) return [];
        const { scopes, endpoints, createdAt } = mine;
        return [{ app: app.message, appOwner, scopes, endpoints, createdAt }];
      }),
    );
    return { collaborations: pageOf(found, request, call.world.options.limits) };
  },
};

function toCollaborator(app: AppState, posted: Collaborator, call: Call): Stored<Collaborator> {
  const { user = {} } = sparse(posted);
  const userId = user.id ?? userWith(user.primaryEmail ?? '', call);
  const message = call.world.users.get(userId)?.message;
  if (message === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  if (userId === app.userId) throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'An owner cannot be a collaborator.');
  if (collaboratorIn(app, userId) !== undefined) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
  const at = toTimestamp(call.world.clock.now());
  const id = randomId(call.world.randomBytes);
  return {
    id,
    app: { id: app.id, userId: app.userId },
    user: message,
    ...toGrant(posted),
    createdAt: at,
    modifiedAt: at,
  };
}

function existing({ collaborators }: AppState, id: string): Stored<Collaborator> {
  const one = existingIn(collaborators, id);
  if (one.deletedAt !== undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return one;
}

function userWith(email: string, { world }: Call): string {
  for (const { message } of world.users.values()) if (email !== '' && message.primaryEmail === email) return message.id;
  throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
}
