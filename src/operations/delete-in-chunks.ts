import { assertIds } from '../base/id';
import { chunk } from './chunk';

/**
 * Deletes what ids name, at most 128 a request, one request after the other. What a failed request leaves can be deleted by the
 * same call again.
 *
 * @throws InvalidRequestError for an empty list, and an id that is none, before anything is deleted
 */
export async function deleteInChunks(
  ids: readonly string[],
  name: string,
  send: (ids: readonly string[]) => Promise<unknown>,
): Promise<void> {
  assertIds(ids, name);
  for await (const part of chunk(ids, { name })) await send(part);
}
