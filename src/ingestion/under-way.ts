import type { Item } from './item';

const itemsPerPage = 128;

interface Page {
  readonly items: (Item | undefined)[];
  count: number;
}

/**
 * Items that were read and have no outcome yet, one for each id, by the place in the source where the id was first seen.
 * They lie in pages of neighbours: to keep each in a Map by itself would take a fifth of a run's time.
 */
export class UnderWay {
  readonly #pages = new Map<number, Page>();

  /** The item with the same id that is under way. */
  twinOf({ id, firstIndex }: Item): Item | undefined {
    const item = this.#pages.get(pageOf(firstIndex))?.items[firstIndex % itemsPerPage];
    // Two ids may be taken for one: then the place is wrong.
    return item?.id === id ? item : undefined;
  }

  add(item: Item): void {
    const number = pageOf(item.firstIndex);
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = { items: new Array<Item | undefined>(itemsPerPage).fill(undefined), count: 0 };
      this.#pages.set(number, page);
    }
    const at = item.firstIndex % itemsPerPage;
    if (page.items[at] !== undefined) return;
    page.items[at] = item;
    page.count += 1;
  }

  delete(item: Item): void {
    const number = pageOf(item.firstIndex);
    const page = this.#pages.get(number);
    const at = item.firstIndex % itemsPerPage;
    if (page?.items[at] !== item) return;
    page.items[at] = undefined;
    page.count -= 1;
    if (page.count === 0) this.#pages.delete(number);
  }
}

function pageOf(index: number): number {
  return Math.floor(index / itemsPerPage);
}
