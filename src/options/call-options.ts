import type { RetryOptions } from './retry-options';
import type { RpcOptions } from './rpc-options';

/** What every call of the `Clarifai` client takes as its last argument. `undefined` means the default, `null` means off. */
export interface CallOptions extends Omit<RpcOptions, 'timeoutMs'> {
  /**
   * Milliseconds for the whole call with all its attempts and waits.
   * @default 300000 (5 min)
   */
  readonly timeoutMs?: number | null | undefined;
  /**
   * Milliseconds for one attempt, from when it has a connection; never more than what is left of `timeoutMs`.
   * @default 30 s plus the request's bytes at 0.5 MB/s
   */
  readonly attemptTimeoutMs?: number | null | undefined;
  /** `null` makes one attempt. */
  readonly retry?: RetryOptions | null | undefined;
}
