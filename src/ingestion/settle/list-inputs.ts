import type { Input, UserAppIDSet } from '../../../generated/proto/clarifai/api/resources';
import type { Invoke } from '../../operations/invoker';
import type { CallOptions } from '../../options/call-options';
import type { DeepPartial } from '../../wire/codec';

/** Inputs that are asked for at once: half of what the service lists on one page. */
export const maxListedInputs = 500;

/** Lists those of the inputs that the app has, by id. RPC: V2.ListInputs. */
export async function listInputs(
  invoke: Invoke,
  userAppId: DeepPartial<UserAppIDSet> | undefined,
  ids: readonly string[],
  options: CallOptions,
): Promise<ReadonlyMap<string, Input>> {
  const { inputs } = await invoke(
    'ListInputs',
    { userAppId, ids, page: 1, perPage: ids.length },
    { ...options, retry: null, partial: { items: 'inputs' } },
  );
  return new Map(inputs.map((input) => [input.id, input]));
}
