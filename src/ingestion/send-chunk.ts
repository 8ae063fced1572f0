import type { Input as InputMessage, UserAppIDSet } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { AlreadyExistsError, ServerError } from '../base/errors';
import { fromStatus } from '../base/to-clarifai-error';
import type { PreparedInput } from '../inputs/prepare-inputs';
import { bisect, type ItemResult } from '../operations/bisect';
import type { Invoke } from '../operations/invoker';
import { toPlain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { IngestionOutcome, Input } from './outcome';

export type SendableInput = PreparedInput & { readonly ok: true };

/** The service says so of an id that the app has already; clients match on the text as well as on the code. */
const duplicateDetails = 'Input has a duplicate ID.';

const acceptedCodes: ReadonlySet<number> = new Set([
  StatusCode.ZERO,
  StatusCode.SUCCESS,
  StatusCode.INPUT_SUCCESS,
  StatusCode.INPUT_PENDING,
  StatusCode.INPUT_IN_PROGRESS,
]);

/**
 * Posts the inputs of one chunk, retrying with the same ids, and says what became of each.
 *
 * RPC: V2.PostInputs.
 * @throws what concerns the call as a whole, such as the credential
 */
export async function sendChunk(
  invoke: Invoke,
  userAppId: DeepPartial<UserAppIDSet> | undefined,
  inputs: readonly SendableInput[],
  options: CallOptions,
): Promise<readonly IngestionOutcome[]> {
  const results = await bisect(inputs, async (part): Promise<readonly ItemResult<Input>[]> => {
    let attempts = 0;
    const response = await invoke(
      'PostInputs',
      { userAppId, inputs: part.map((input) => input.message) },
      {
        ...options,
        requestBytes: part.reduce((sum, input) => sum + input.encodedBytes, 0),
        idempotent: true,
        partial: { items: 'inputs' },
        onAttempt: (attempt) => (attempts = attempt),
      },
    );
    if (response.inputs.length !== part.length) throw missingAnswers(part.length, response.inputs.length);
    // A duplicate that only a repeated request met may well be the copy that its first attempt made.
    return response.inputs.map((input) => toResult(input, attempts > 1));
  });
  return results.map((result, place) => toOutcome(inputs[place] as SendableInput, result));
}

function toResult(input: InputMessage, mayHaveCreatedIt: boolean): ItemResult<Input> {
  const { status } = input;
  const duplicate = status?.code === StatusCode.INPUT_DUPLICATE || status?.details === duplicateDetails;
  if (status === undefined || acceptedCodes.has(status.code) || (duplicate && mayHaveCreatedIt)) {
    return { ok: true, value: toPlain(input) };
  }
  return { ok: false, error: fromStatus(status, { method: 'PostInputs' }) };
}

function toOutcome({ index, id }: SendableInput, result: ItemResult<Input>): IngestionOutcome {
  if (result.ok) return { index, id, kind: 'accepted', input: result.value };
  const kind = result.error instanceof AlreadyExistsError ? 'already-existed' : 'rejected';
  return { index, id, kind, error: result.error };
}

function missingAnswers(expected: number, got: number): ServerError {
  return new ServerError(`PostInputs: expected one answer for each of ${expected} inputs, got ${got}`, {
    code: 'ANSWERS_MISSING',
    source: 'client',
    category: 'fatal',
    method: 'PostInputs',
  });
}
