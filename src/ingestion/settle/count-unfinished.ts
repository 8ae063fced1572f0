import type { UserAppIDSet } from '../../../generated/proto/clarifai/api/resources';
import type { Invoke } from '../../operations/invoker';
import type { CallOptions } from '../../options/call-options';
import type { DeepPartial } from '../../wire/codec';

/** How many inputs of a job the service is not done with. RPC: V2.GetInputsAddJob. */
export async function countUnfinished(
  invoke: Invoke,
  userAppId: DeepPartial<UserAppIDSet> | undefined,
  jobId: string,
  options: CallOptions,
): Promise<number> {
  const { inputsAddJob } = await invoke('GetInputsAddJob', { userAppId, id: jobId }, { ...options, retry: null });
  const { progress } = inputsAddJob ?? {};
  return progress === undefined ? 0 : progress.pendingCount.add(progress.inProgressCount).toNumber();
}
