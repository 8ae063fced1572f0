import type { UserAppIDSet } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { AppState } from '../state/app-state';
import { collaboratorIn } from '../state/collaborators';
import { allows } from '../state/keys';
import type { UserState } from '../state/world';
import type { Principal } from './auth';
import type { Call } from './call';

type Caller = Pick<Call, 'method' | 'principal' | 'world'>;

/** The app that a call is about, when the caller may read it. */
export function readableApp(call: Caller, scope: UserAppIDSet | undefined): AppState {
  const { userId, appId } = appIds(call.principal, scope);
  const app = call.world.app(userId, appId);
  if (app === undefined || !(app.isPublic || mayUse(call, app))) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return app;
}

/** The app that a call is about, when the caller may write to it. */
export function writableApp(call: Caller, scope: UserAppIDSet | undefined): AppState {
  const app = readableApp(call, scope);
  if (!mayUse(call, app)) throw refuse(StatusCode.CONN_INSUFFICIENT_SCOPES);
  return app;
}

/**
 * The apps that a list is about whose RPC does not ask for one: the one that is named or that the key is for, or else all of
 * the user, or else all there are, as far as the caller may read them.
 */
export function readableApps(call: Caller, scope: UserAppIDSet | undefined): AppState[] {
  const { principal, world } = call;
  const namesUser = scope !== undefined && scope.userId !== '';
  if (scope?.appId || (principal.kind === 'appKey' && !namesUser)) return [readableApp(call, scope)];
  const users = namesUser ? [scopedUser(call, scope)] : [...world.users.values()];
  return users.flatMap(({ apps }) => [...apps.values()]).filter((app) => app.isPublic || owns(principal, app));
}

/** The user that a call is about: the caller, by default. */
export function scopedUser({ principal, world }: Caller, scope: UserAppIDSet | undefined): UserState {
  const user = world.users.get(userIdOf(principal, scope));
  if (user === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return user;
}

export function assertIsSelf({ principal }: Caller, user: UserState): void {
  if (!('userId' in principal) || principal.userId !== user.message.id)
    throw refuse(StatusCode.CONN_INSUFFICIENT_SCOPES);
}

export function owns(principal: Principal, app: AppState): boolean {
  if (!('userId' in principal) || principal.userId !== app.userId) return false;
  return principal.kind !== 'appKey' || principal.appId === app.id;
}

/**
 * Whether the app is the caller's, or they may do this in it as a collaborator.
 *
 * @throws Refusal for a collaborator who may do other things
 */
function mayUse({ method, principal }: Caller, app: AppState): boolean {
  if (owns(principal, app)) return true;
  const invited =
    'userId' in principal && principal.kind !== 'appKey' ? collaboratorIn(app, principal.userId) : undefined;
  if (invited === undefined) return false;
  if (allows(method, { scopes: invited.scopes ?? [], endpoints: invited.endpoints ?? [] })) return true;
  throw refuse(StatusCode.CONN_INSUFFICIENT_SCOPES, `The collaborator may not call ${method}.`);
}

function appIds(principal: Principal, scope: UserAppIDSet | undefined): { userId: string; appId: string } {
  if (scope !== undefined && scope.appId !== '') return { userId: userIdOf(principal, scope), appId: scope.appId };
  if (principal.kind === 'appKey') return principal;
  throw refuse(StatusCode.CONN_KEY_INVALID, 'Must provide app external ID in API authorizer');
}

function userIdOf(principal: Principal, scope: UserAppIDSet | undefined): string {
  if (scope !== undefined && scope.userId !== '' && scope.userId !== 'me') return scope.userId;
  return 'userId' in principal ? principal.userId : '';
}
