import { assertOneOf } from '../base/assert';
import type { CallOptions } from '../options/call-options';

/** What a patch does with the fields it is given. */
export type PatchAction = 'merge' | 'overwrite' | 'remove';

export interface PatchOptions extends CallOptions {
  /** `'overwrite'` replaces what is given, `'merge'` adds to lists and objects, `'remove'` takes out of them. */
  readonly action?: PatchAction | undefined;
}

export const patchActions: readonly PatchAction[] = ['merge', 'overwrite', 'remove'];

export function assertPatchAction(action: unknown, allowed: readonly PatchAction[] = patchActions): void {
  assertOneOf(action, 'action', allowed);
}
