import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { ClarifaiError, NotFoundError, QuotaError } from '../base/errors';
import { GrpcCode } from '../base/grpc-code';

/** What became of one item of a request. */
export type ItemResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ClarifaiError };

export interface Bisected<Item, Answer, T> {
  readonly send: (items: readonly Item[]) => Promise<Answer>;
  /** One result an item, in order, or `'split'` when the answer itself says that the items failed together. */
  readonly read: (answer: Answer, items: readonly Item[]) => readonly ItemResult<T>[] | 'split';
  /** Whether the items may be sent more than once. @default true */
  readonly divisible?: boolean;
}

/**
 * Sends items together, and in halves when one of them may have spoiled it for the others, until the bad one stands
 * alone. Returns one result an item, in order.
 *
 * It takes at most two requests an item, and about twice the logarithm of their number when one is bad.
 *
 * @throws what concerns the call as a whole: the credential, the model, an option, an abort
 */
export async function bisect<Item, Answer, T>(
  items: readonly Item[],
  how: Bisected<Item, Answer, T>,
): Promise<readonly ItemResult<T>[]> {
  if (items.length === 0) return [];
  try {
    const results = how.read(await how.send(items), items);
    if (results !== 'split') return results;
  } catch (error) {
    const concern = concernOf(error);
    if (concern === 'call') throw error;
    if (concern === 'request' || items.length === 1 || how.divisible === false) {
      return items.map(() => ({ ok: false, error: error as ClarifaiError }));
    }
  }
  const middle = Math.ceil(items.length / 2);
  return [...(await bisect(items.slice(0, middle), how)), ...(await bisect(items.slice(middle), how))];
}

/** Whether a failure is about the call, about this one request of it, or about an item in the request. */
function concernOf(error: unknown): 'call' | 'request' | 'item' {
  if (!(error instanceof ClarifaiError)) return 'call';
  if (isAboutItem(error)) return 'item';
  const aboutCall =
    error.category === 'auth' ||
    error.category === 'rejected' ||
    error instanceof NotFoundError ||
    error instanceof QuotaError;
  return aboutCall ? 'call' : 'request';
}

/**
 * Whether one of the items, or that they are so many, is to blame: FAILURE, the codes of input processing and requests (300xx
 * to 302xx, 39999), gRPC's INVALID_ARGUMENT, and a message that is too large in either direction.
 */
export function isAboutItem({ statusCode, grpcCode, code }: ClarifaiError): boolean {
  if (code === 'REQUEST_TOO_LARGE' || code === 'RESPONSE_TOO_LARGE') return true;
  if (statusCode === undefined) return grpcCode === GrpcCode.INVALID_ARGUMENT;
  return (
    statusCode === StatusCode.FAILURE ||
    statusCode === StatusCode.INPUT_INVALID_REQUEST ||
    statusCode === StatusCode.RPC_MAX_MESSAGE_SIZE_EXCEEDED ||
    (statusCode >= 30000 && statusCode < 30300)
  );
}
