import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import type { Input as InputMessage } from '../../generated/proto/clarifai/api/resources';
import { NotFoundError } from '../base/errors';
import { assertIds } from '../base/id';
import { isFailure } from '../base/situation';
import { fromStatus, situationOf } from '../base/to-clarifai-error';
import { maxInputsPerRequest } from '../base/limits';
import type { Input } from '../ingestion/outcome';
import type { ItemResult } from '../operations/bisect';
import type { Outcome } from '../operations/outcome';
import { poll, type WaitOptions } from '../operations/poll';
import { toPlain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { ScopedContext } from './context';

const underWay: ReadonlySet<number> = new Set([StatusCode.INPUT_PENDING, StatusCode.INPUT_IN_PROGRESS]);

/** Looks at inputs until the service has downloaded and indexed each, or says why it could not. */
export async function waitUntilProcessed(
  context: ScopedContext,
  inputIds: readonly string[],
  options: WaitOptions,
): Promise<Outcome<Input>[]> {
  assertIds(inputIds, 'inputIds');
  const settled = new Map<string, ItemResult<Input>>();
  const wanted = new Set(inputIds);
  await poll(
    `${wanted.size} inputs to be processed`,
    async (call) => {
      const open = [...wanted].filter((id) => !settled.has(id));
      const found = await listed(context, open, call);
      for (const id of open) {
        const result = resultOf(id, found.get(id));
        if (result !== undefined) settled.set(id, result);
      }
      return settled.size === wanted.size
        ? { done: true, value: undefined }
        : { done: false, seen: `${settled.size} processed, ${wanted.size - settled.size} under way` };
    },
    options,
    context.clock,
  );
  return inputIds.map((id, index) => ({ index, id, ...(settled.get(id) as ItemResult<Input>) }));
}

/** Looks for inputs until none of them is there any more. */
export async function waitUntilDeleted(
  context: ScopedContext,
  inputIds: readonly string[],
  options: WaitOptions,
): Promise<void> {
  assertIds(inputIds, 'inputIds');
  let left = inputIds;
  await poll(
    `${inputIds.length} inputs to be deleted`,
    async (call) => {
      const found = await listed(context, left, call);
      left = left.filter((id) => found.has(id));
      return left.length === 0
        ? { done: true, value: undefined }
        : { done: false, seen: `${inputIds.length - left.length} deleted, ${left.length} still there` };
    },
    options,
    context.clock,
  );
}

async function listed(
  context: ScopedContext,
  ids: readonly string[],
  call: CallOptions,
): Promise<ReadonlyMap<string, InputMessage>> {
  const found = new Map<string, InputMessage>();
  for (let from = 0; from < ids.length; from += maxInputsPerRequest) {
    const part = ids.slice(from, from + maxInputsPerRequest);
    const request = { userAppId: context.userAppId, ids: part, page: 1, perPage: part.length };
    const { inputs } = await context.invoke('ListInputs', request, call);
    for (const input of inputs) found.set(input.id, input);
  }
  return found;
}

/** `undefined` while the service is at it. */
function resultOf(id: string, input: InputMessage | undefined): ItemResult<Input> | undefined {
  if (input === undefined) {
    const fields = { code: 'INPUT_DOES_NOT_EXIST', source: 'client', category: 'rejected' } as const;
    return { ok: false, error: new NotFoundError(`There is no input ${id}`, fields) };
  }
  const { status } = input;
  if (status !== undefined && underWay.has(status.code)) return undefined;
  if (status !== undefined && isFailure(situationOf(status.code))) {
    return { ok: false, error: fromStatus(status, { method: 'ListInputs' }) };
  }
  return { ok: true, value: toPlain(input) };
}
