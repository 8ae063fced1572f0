import { assertObject, assertOneOf } from '../base/assert';
import type { CallOptions } from '../options/call-options';

/** What a patch does with the fields it is given. */
export type PatchAction = 'merge' | 'overwrite' | 'remove';

export interface PatchOptions extends CallOptions {
  /** `'overwrite'` replaces what is given, `'merge'` adds to lists and objects, `'remove'` takes out of them. */
  readonly action?: PatchAction | undefined;
}

const patchActions: readonly PatchAction[] = ['merge', 'overwrite', 'remove'];

/** The options of a patch with its action, which is this one unless another is given. */
export function readPatchOptions(
  options: PatchOptions,
  usual: PatchAction,
  allowed: readonly PatchAction[] = patchActions,
): CallOptions & { readonly action: PatchAction } {
  assertObject(options, 'options', undefined, { hideValue: true });
  const { action = usual } = options;
  assertOneOf(action, 'action', allowed);
  return { ...options, action };
}
