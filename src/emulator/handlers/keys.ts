import { randomId } from '../../base/ids';
import type { Key } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { hasExpired } from '../service/auth';
import type { Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { assertIsSelf, readableApp, scopedUser, writableApp } from '../service/scope';
import type { Stored } from '../state/app-state';
import { existingIn } from '../state/existing';
import type { Grant, KeyState } from '../state/keys';
import { appKeyType, patType, setKey, toGrant } from '../state/keys';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { UserState } from '../state/world';

/** Keys of users and of their apps. */
export const keyHandlers: Handlers = {
  GetKey({ userAppId, keyId }, call) {
    return { key: ownKey(call, ownUser(call, userAppId), keyId).message };
  },

  ListKeys(request, call) {
    const { notExpired, scopes, endpoints, type } = request;
    const found = keysOf(ownUser(call, request.userAppId), call).filter(
      (key) =>
        (!notExpired || !hasExpired(key, call.world.clock.now())) &&
        (type === '' || key.type === type) &&
        scopes.every((scope) => key.scopes?.includes(scope)) &&
        endpoints.every((endpoint) => key.endpoints?.includes(endpoint)),
    );
    return { keys: pageOf(found, request, call.world.options.limits) };
  },

  ListAppKeys(request, call) {
    const app = readableApp(call, request.userAppId);
    const found = keysOf(ownUser(call, request.userAppId), call).filter(({ apps = [] }) =>
      apps.some(({ id }) => id === app.id),
    );
    return { keys: pageOf(found, request, call.world.options.limits) };
  },

  PostKeys({ userAppId, keys }, call) {
    const user = ownUser(call, userAppId);
    if (keys.length === 0) throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one key.');
    const asked = keys.map((key) => toKey(key, user, call));
    return { keys: asked.map((key) => setKey(call.world, user.message.id, key).message) };
  },

  PatchKeys({ userAppId, keys, action }, call) {
    const user = ownUser(call, userAppId);
    if (action !== 'overwrite')
      throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, `Invalid action '${action}': expected 'overwrite'.`);
    const patched = keys.map((patch) => patchedKey(ownKey(call, user, patch.id).message, patch, call));
    return { keys: patched.map((key) => setKey(call.world, user.message.id, key).message) };
  },

  DeleteKey({ userAppId, keyId }, call) {
    ownKey(call, ownUser(call, userAppId), keyId);
    call.world.keys.delete(keyId);
    return {};
  },
};

function ownUser(call: Call, scope: Parameters<typeof scopedUser>[1]): UserState {
  const user = scopedUser(call, scope);
  assertIsSelf(call, user);
  return user;
}

function keysOf(user: UserState, { world }: Call): Stored<Key>[] {
  return [...world.keys.values()].filter((key) => isOf(key, user)).map(({ message }) => message);
}

/** @throws Refusal for the key of somebody else as for one that is not there */
function ownKey({ world }: Call, user: UserState, keyId: string): KeyState {
  const key = existingIn(world.keys, keyId);
  if (!isOf(key, user)) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return key;
}

function isOf({ principal }: KeyState, { message }: UserState): boolean {
  return principal.userId === message.id;
}

/** The id is the secret: the service chooses it. */
function toKey(posted: Key, user: UserState, call: Call): Stored<Key> {
  const { type = appKeyType, apps = [], ...given } = sparse(posted);
  if (type !== appKeyType && type !== patType)
    throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, `There is no type of keys '${type}'.`);
  const wanted = type === patType ? 0 : 1;
  if (apps.length !== wanted)
    throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, `Expected ${wanted} apps in a key of type ${type}.`);
  const owned = apps.map(({ id = '' }) => ({ id, userId: user.message.id }));
  for (const app of owned) writableApp(call, { userId: app.userId, appId: app.id });
  const createdAt = toTimestamp(call.world.clock.now());
  const id = randomId(call.world.randomBytes);
  return { ...given, ...grantable(posted, call), type, apps: owned, id, createdAt };
}

function patchedKey(before: Stored<Key>, patch: Key, call: Call): Stored<Key> {
  const { description, expiresAt } = sparse(patch);
  const changesGrant = patch.scopes.length + patch.endpoints.length > 0;
  return {
    ...before,
    ...(description !== undefined && { description }),
    ...(expiresAt && { expiresAt }),
    ...(changesGrant && grantable(patch, call)),
  };
}

/** @throws Refusal for a grant of more than the caller has */
function grantable(asked: Grant, { principal }: Call): Grant {
  const grant = toGrant({ scopes: asked.scopes, endpoints: asked.endpoints });
  if (!('scopes' in principal) || principal.scopes.includes('All')) return grant;
  const excess = grant.scopes.filter((scope) => !principal.scopes.includes(scope));
  if (excess.length === 0) return grant;
  throw refuse(StatusCode.CONN_INSUFFICIENT_SCOPES, `A key cannot give what it has not: ${excess.join(', ')}.`);
}
