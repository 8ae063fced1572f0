import type { Listing } from './listing';

/** Deletes everything that a list holds, and resolves with how much it was; what is added meanwhile may stay. */
export async function deleteAll<Item extends { readonly id: string }>(
  list: Listing<Item>,
  send: (ids: readonly string[]) => Promise<void>,
): Promise<number> {
  // Read to the end first: what is deleted would shift the pages behind it.
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  if (ids.length > 0) await send(ids);
  return ids.length;
}
