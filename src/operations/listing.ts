import { linkAbort } from '../base/abort';
import { assertInteger, assertObject } from '../base/assert';
import type { CallOptions } from '../options/call-options';
import { collect } from './collect';
import { type Plain, toPlain } from './to-plain';

/** How a list is read. Call options are those of each request. */
export interface ListOptions extends CallOptions {
  /**
   * Items that a request asks for, from 1 to 1000.
   * @default the service's own, 128 for most lists
   */
  readonly pageSize?: number | undefined;
  /** Page to begin with; they count from 1. @default 1 */
  readonly firstPage?: number | undefined;
}

/** Page of a list as its request names it. */
export interface PageRequest {
  readonly page: number;
  readonly perPage?: number;
}

/** Reads one page; `last` is the last item of the page before, for lists that go on after an item. */
type FetchPage<Item> = (page: PageRequest, call: CallOptions, last: Item | undefined) => Promise<readonly Item[]>;

/** How a list differs from another. */
export interface ListingManner<Item> {
  /** Which items the list is to hold; pages get shorter by the others. @default all */
  readonly keep?: (item: Item) => boolean;
  /** Whether a page can be asked for only when the one before is there. @default false */
  readonly goesOnAfterItems?: boolean;
}

/** Largest page that the service gives. */
const maxPageSize = 1000;

/** What a page holds that is full, when the caller does not say: most lists give 128. */
const likelyPageSize = 100;

/**
 * Items that the service lists page by page. Nothing is asked for until it is iterated, and each iteration reads anew. While
 * the caller is at one page, the next is under way, and while pages come full, the one behind it, too. The list ends
 * where the service says so, with an empty page: a short one does not end it.
 *
 * @example
 * for await (const dataset of app.datasets.list()) console.log(dataset.id);
 */
export class Listing<Item> implements AsyncIterable<Item> {
  readonly #fetch: FetchPage<Item>;
  readonly #firstPage: number;
  readonly #perPage: { readonly perPage?: number };
  readonly #call: CallOptions;
  readonly #manner: ListingManner<Item>;

  constructor(fetch: FetchPage<Item>, options: ListOptions, manner: ListingManner<Item> = {}) {
    assertObject(options, 'options', undefined, { hideValue: true });
    const { pageSize, firstPage = 1, ...call } = options;
    assertInteger(firstPage, 'firstPage', { min: 1 });
    if (pageSize !== undefined) assertInteger(pageSize, 'pageSize', { min: 1, max: maxPageSize });
    this.#fetch = fetch;
    this.#firstPage = firstPage;
    this.#perPage = pageSize === undefined ? {} : { perPage: pageSize };
    this.#call = call;
    this.#manner = manner;
  }

  /** The items one after another, to the last of the last page. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page;
  }

  /** The same items as they came, one list a page. */
  async *pages(): AsyncGenerator<readonly Item[], void, undefined> {
    const { keep = () => true, goesOnAfterItems = false } = this.#manner;
    const wanted = linkAbort(this.#call.signal);
    const underWay: Promise<readonly Item[]>[] = [];
    let next = this.#firstPage;
    const request = (last?: Item): void => {
      const page = { page: next++, ...this.#perPage };
      const items = this.#fetch(page, { ...this.#call, signal: wanted.signal }, last);
      // A page that fails while the caller is still at one before fails in its turn.
      items.catch(() => undefined);
      underWay.push(items);
    };
    try {
      request();
      for (let page = underWay.shift(); page !== undefined; page = underWay.shift()) {
        const items = await page;
        if (items.length === 0) return;
        const isFull = items.length >= (this.#perPage.perPage ?? likelyPageSize);
        const ahead = isFull && !goesOnAfterItems ? 2 : 1;
        while (underWay.length < ahead) request(items.at(-1));
        yield items.filter(keep);
      }
    } finally {
      wanted.abort(undefined);
      wanted.unlink();
    }
  }

  /** All items at once, for lists that are known to be short. */
  async toArray(): Promise<Item[]> {
    return collect(this);
  }
}

/** The list whose pages `fetch` reads, its items as plain data. */
export function listing<Message>(
  options: ListOptions,
  fetch: (page: PageRequest, call: CallOptions, last: Plain<Message> | undefined) => Promise<readonly Message[]>,
  manner?: ListingManner<Plain<Message>>,
): Listing<Plain<Message>> {
  const fetchPlain: FetchPage<Plain<Message>> = async (...args) => (await fetch(...args)).map((item) => toPlain(item));
  return new Listing(fetchPlain, options, manner);
}
