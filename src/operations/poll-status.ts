import type { Status } from '../../generated/proto/clarifai/api/status/status';
import type { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import type { Clock } from '../base/clock';
import { isFailure } from '../base/situation';
import { fromStatus, situationOf, statusCodeName } from '../base/to-clarifai-error';
import type { CallOptions } from '../options/call-options';
import { poll, type WaitOptions } from './poll';
import { present } from './single';
import { type Plain, toPlain } from './to-plain';

/** Something whose status says how far it has come. */
export interface StatusQuestion<Message extends { readonly status: Status | undefined }> {
  /** What is waited for, such as `version v1 of model m1 to be trained`. */
  readonly what: string;
  /** Name of the RPC, for errors. */
  readonly method: string;
  /** The status that ends the wait. */
  readonly done: StatusCode;
  readonly read: (call: CallOptions) => Promise<Message | undefined>;
}

/**
 * Looks at something until its status says that it is done.
 *
 * @throws ClarifaiError of its status when that is a failure
 * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` when it takes longer than `timeoutMs`
 */
export function pollStatus<Message extends { readonly status: Status | undefined }>(
  { what, method, done, read }: StatusQuestion<Message>,
  options: WaitOptions,
  clock: Clock,
): Promise<Plain<Message>> {
  return poll(
    what,
    async (call) => {
      const message = present(await read(call), method);
      const { status } = message;
      if (status?.code === done) return { done: true, value: toPlain(message) };
      if (status !== undefined && isFailure(situationOf(status.code))) throw fromStatus(status, { method });
      return { done: false, seen: statusCodeName(status?.code ?? 0) };
    },
    options,
    clock,
  );
}
