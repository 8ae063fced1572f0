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

/** Whether something belongs to the app; to any, when none is named. */
export function isInApp(resource: { readonly appId: string }, { appId }: Scope): boolean {
  return appId === undefined || resource.appId === appId;
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
