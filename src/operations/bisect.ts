import { ClarifaiError, NotFoundError, QuotaError } from '../base/errors';

/** What became of one item of a request. */
export type ItemResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ClarifaiError };

/**
 * Sends items together, and in halves when one of them may have spoiled it for the others, until the bad one stands
 * alone. Returns one result an item, in order.
 *
 * @param send resolves with `'split'` when the answer itself says that the items failed together
 * @throws what concerns the call as a whole: the credential, the model, an option, an abort
 */
export async function bisect<Item, T>(
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<readonly ItemResult<T>[] | 'split'>,
): Promise<readonly ItemResult<T>[]> {
  if (items.length === 0) return [];
  try {
    const results = await send(items);
    if (results !== 'split') return results;
  } catch (error) {
    const concern = concernOf(error);
    if (concern === 'call') throw error;
    if (concern === 'request' || items.length === 1)
      return items.map(() => ({ ok: false, error: error as ClarifaiError }));
  }
  const middle = Math.ceil(items.length / 2);
  return [...(await bisect(items.slice(0, middle), send)), ...(await bisect(items.slice(middle), send))];
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

// FAILURE, RPC_REQUEST_MESSAGE_TOO_LARGE, the codes of input processing and requests (300xx to 302xx), and the same said
// by gRPC: a message that is too large in either direction.
function isAboutItem({ statusCode, code }: ClarifaiError): boolean {
  if (code === 'REQUEST_TOO_LARGE' || code === 'RESPONSE_TOO_LARGE') return true;
  if (statusCode === undefined) return false;
  return statusCode === 10020 || statusCode === 40033 || (statusCode >= 30000 && statusCode < 30300);
}
