import { assertObject, assertOneOf } from '../base/assert';

/** How a client or stub ends. */
export interface CloseOptions {
  /**
   * What becomes of the calls under way; both refuse new calls.
   *
   * - `drain` waits for them, with their retries and the waits in between. A stream of answers is waited for while it is read:
   *   it is cancelled once nobody asked for its next answer for 5 seconds.
   * - `abort` cancels them; they reject with an InvalidRequestError whose code is `CLIENT_CLOSED`. It also ends a drain.
   *
   * @default 'drain'
   */
  readonly behaviour?: 'drain' | 'abort' | undefined;
}

export function resolveCloseOptions(options: CloseOptions = {}): 'drain' | 'abort' {
  assertObject(options, 'options', ['behaviour']);
  const { behaviour = 'drain' } = options;
  assertOneOf(behaviour, 'behaviour', ['drain', 'abort']);
  return behaviour;
}
