import { assertArray, invalidArgument } from '../base/assert';
import { assertId } from '../base/id';
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
  assertArray(ids, name, 'an array of ids');
  if (ids.length === 0) throw invalidArgument(name, 'at least one id', ids);
  ids.forEach((id, index) => assertId(id, `${name}[${index}]`));
  for await (const part of chunk(ids, { name })) await send(part);
}
