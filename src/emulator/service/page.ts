import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Limits } from '../limits';

export const defaultPerPage = 128;

/** A list that need not be gone through from its beginning. */
export interface Sliceable<Item> {
  slice(from: number, to: number): Item[];
}

/** The items of one page, 1 being the first; a page past the end is empty. Reads no further than it must. */
export function pageOf<Item>(
  items: Iterable<Item> | Sliceable<Item>,
  request: { readonly page: number; readonly perPage: number },
  limits: Limits,
): Item[] {
  const perPage = perPageOf(request.perPage, defaultPerPage, limits);
  const start = (Math.max(request.page, 1) - 1) * perPage;
  if ('slice' in items) return items.slice(start, start + perPage);
  const page: Item[] = [];
  let index = 0;
  for (const item of items) {
    if (page.length === perPage) break;
    if (index++ >= start) page.push(item);
  }
  return page;
}

/** @throws Refusal when more are asked for than a page can have */
export function perPageOf(perPage: number, byDefault: number, { maxPerPage }: Limits): number {
  if (perPage <= maxPerPage) return perPage === 0 ? byDefault : perPage;
  throw refuse(
    StatusCode.CONN_BAD_REQUEST_FORMAT,
    `'per_page' must be within the interval [1, ${maxPerPage}], got ${perPage}.`,
    'Invalid request',
  );
}
