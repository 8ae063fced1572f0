import type { Input as InputMessage, UserAppIDSet } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import type { ClarifaiError } from '../base/errors';
import { type ErrorContext, fromStatus } from '../base/to-clarifai-error';
import { answersMissing } from '../operations/answers-missing';
import type { Invoke, InvokeOptions } from '../operations/invoker';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { Item } from './item';

/** What the service says of one item of a request, `duplicate` by its id or its URL. */
export type Answer =
  | { readonly kind: 'accepted'; readonly input: InputMessage }
  | {
      readonly kind: 'duplicate-id' | 'duplicate-url' | 'refused';
      readonly input: InputMessage;
      readonly error: ClarifaiError;
    };

const acceptedCodes: ReadonlySet<number> = new Set([
  StatusCode.ZERO,
  StatusCode.SUCCESS,
  StatusCode.INPUT_SUCCESS,
  StatusCode.INPUT_PENDING,
  StatusCode.INPUT_IN_PROGRESS,
  StatusCode.INPUT_MODIFY_SUCCESS,
  StatusCode.INPUT_MODIFY_PENDING,
]);

/** The service says so of an id that the app has already; clients match on the text as well as on the code. */
const duplicateIdDetails = 'Input has a duplicate ID.';

/** Where the inputs of a chunk go. */
export interface ChunkPlace {
  readonly userAppId: DeepPartial<UserAppIDSet> | undefined;
  /** Job that counts what becomes of the inputs. */
  readonly jobId: string | undefined;
}

/**
 * Posts the inputs of one chunk, once, or puts their data in place of what the app has, and says what the service answered
 * for each, in order.
 *
 * RPC: V2.PostInputs, V2.PatchInputs.
 * @throws what the request failed of as a whole
 */
export async function postChunk(
  invoke: Invoke,
  { userAppId, jobId = '' }: ChunkPlace,
  items: readonly Item[],
  options: CallOptions & Pick<InvokeOptions, 'requestBytes'>,
): Promise<readonly Answer[]> {
  const request = { userAppId, inputs: items.map((item) => item.message) };
  const invokeOptions = { ...options, retry: null, partial: { items: 'inputs' } };
  const { inputs, status } = await (methodOf(items) === 'PostInputs'
    ? invoke('PostInputs', { ...request, inputsAddJobId: jobId }, invokeOptions)
    : invoke('PatchInputs', { ...request, action: 'overwrite' }, invokeOptions));
  if (inputs.length !== items.length) throw answersMissing(methodOf(items), items.length, inputs.length);
  const context = { method: methodOf(items), requestId: status?.reqId };
  return inputs.map((input) => toAnswer(input, context));
}

/** The RPC that a chunk is for: all its items are new, or all are to be put in place of others. */
export function methodOf([first]: readonly Item[]): 'PostInputs' | 'PatchInputs' {
  return first?.overwrites === true ? 'PatchInputs' : 'PostInputs';
}

function toAnswer(input: InputMessage, context: ErrorContext): Answer {
  const { status } = input;
  if (status === undefined || acceptedCodes.has(status.code)) return { kind: 'accepted', input };
  const error = fromStatus(status, context);
  if (status.details === duplicateIdDetails) return { kind: 'duplicate-id', input, error };
  if (status.code !== StatusCode.INPUT_DUPLICATE) return { kind: 'refused', input, error };
  const isAboutUrl = /\burl\b/i.test(`${status.description} ${status.details}`);
  return { kind: isAboutUrl ? 'duplicate-url' : 'duplicate-id', input, error };
}
