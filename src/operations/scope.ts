import { invalidArgument } from '../base/assert';
import type { UserAppIDSet } from '../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../wire/codec';

/** The user and app that calls act on unless they name others. */
export interface Scope {
  readonly userId?: string | undefined;
  readonly appId?: string | undefined;
}

/** The user and app as requests carry them; left out when neither is known, as an app's own key needs neither. */
export function toUserAppId({ userId, appId }: Scope): DeepPartial<UserAppIDSet> | undefined {
  return userId === undefined && appId === undefined ? undefined : { userId, appId };
}

/** Whose models and workflows the service lists along with those of any app. */
const communityUserId = 'clarifai';

/** Whether something belongs to the app; to any, when none is named. */
export function isInApp(resource: { readonly userId: string; readonly appId: string }, scope: Scope): boolean {
  const { userId, appId } = scope;
  if (appId === undefined) return true;
  if (resource.appId !== appId) return false;
  // Without a name of its own the user is the credential's, who has apps of the same names as others have.
  const isNamed = userId !== undefined && userId !== 'me';
  return isNamed ? resource.userId === userId : resource.userId !== communityUserId;
}

/** Fails unless the caller names the app that is about to be emptied. */
export function assertConfirmed(confirm: unknown, { appId }: Scope): void {
  if (appId === undefined || confirm !== appId) {
    throw invalidArgument(
      'confirm',
      appId === undefined ? 'used with a handle that names its app' : 'the id of the app',
      confirm,
    );
  }
}
