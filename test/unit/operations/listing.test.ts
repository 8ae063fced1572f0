import { InvalidRequestError } from '../../../src/base/errors';
import { Listing, type PageRequest } from '../../../src/operations/listing';

/** A list of numbers whose pages are asked for by hand. */
function numbers(count: number, perPage = 2) {
  const asked: PageRequest[] = [];
  const fetch = (page: PageRequest): Promise<readonly number[]> => {
    asked.push(page);
    const from = (page.page - 1) * perPage;
    return Promise.resolve(Array.from({ length: Math.max(0, Math.min(perPage, count - from)) }, (_, at) => from + at));
  };
  return { asked, fetch };
}

test('nothing is asked for before it is iterated, and each iteration reads anew', async () => {
  const { asked, fetch } = numbers(3);
  const list = new Listing(fetch, {});
  expect(asked).toEqual([]);
  expect(await list.toArray()).toEqual([0, 1, 2]);
  expect(await list.toArray()).toEqual([0, 1, 2]);
  expect(asked.map(({ page }) => page)).toEqual([1, 2, 3, 1, 2, 3]);
});

test('the next page is under way while the caller is at one, and no further page', async () => {
  const { asked, fetch } = numbers(100);
  const pages = new Listing(fetch, {}).pages();
  await pages.next();
  expect(asked.map(({ page }) => page)).toEqual([1, 2]);
  await pages.next();
  expect(asked.map(({ page }) => page)).toEqual([1, 2, 3]);
  await pages.return();
});

test('while pages come full, two are under way, and only one when they do not', async () => {
  const { asked, fetch } = numbers(5, 2);
  const pages = new Listing(fetch, { pageSize: 2 }).pages();
  const askedAfter: number[] = [];
  for await (const _ of pages) askedAfter.push(asked.length);
  // [0, 1] and [2, 3] are full, [4] is not.
  expect(askedAfter).toEqual([3, 4, 4]);
});

test('a list that goes on after its items asks for one page at a time, and says after which', async () => {
  const after: (number | undefined)[] = [];
  const list = new Listing<number>(
    async (_page, _call, last) => {
      after.push(last);
      const from = last ?? 0;
      return from >= 6 ? [] : [from + 1, from + 2];
    },
    { pageSize: 2 },
    { goesOnAfterItems: true },
  );
  expect(await list.toArray()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(after).toEqual([undefined, 2, 4, 6]);
});

test('a short page does not end the list, an empty one does', async () => {
  const pages = [[1], [2, 3], [4], [], [5]];
  const list = new Listing(({ page }) => Promise.resolve(pages[page - 1] ?? []), {});
  expect(await list.toArray()).toEqual([1, 2, 3, 4]);
});

test('leaving the list early cancels the page that is under way', async () => {
  const cancelled: boolean[] = [];
  const list = new Listing<number>(async ({ page }, { signal }) => {
    if (page === 1) return [1, 2];
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        cancelled.push(true);
        reject(new Error('cancelled'));
      });
    });
  }, {});
  for await (const one of list) if (one === 1) break;
  expect(cancelled).toEqual([true]);
});

test('a page that fails comes in its turn, after the items before it', async () => {
  const list = new Listing<number>(
    ({ page }) => (page === 1 ? Promise.resolve([1, 2]) : Promise.reject(new Error('page 2'))),
    {},
  );
  const got: number[] = [];
  await expect(
    (async () => {
      for await (const one of list) got.push(one);
    })(),
  ).rejects.toThrow('page 2');
  expect(got).toEqual([1, 2]);
});

test('items that are not to be kept shorten pages, and a page without any does not end the list', async () => {
  const { fetch } = numbers(9, 3);
  const pages = [];
  for await (const page of new Listing(fetch, {}, { keep: (one) => one < 1 || one > 6 }).pages()) pages.push(page);
  expect(pages).toEqual([[0], [], [7, 8]]);
});

test('the page size is sent only when it is given', async () => {
  const own = numbers(0);
  await new Listing(own.fetch, { pageSize: 500, firstPage: 3 }).toArray();
  expect(own.asked).toEqual([{ page: 3, perPage: 500 }]);
  const default_ = numbers(0);
  await new Listing(default_.fetch, {}).toArray();
  expect(default_.asked).toEqual([{ page: 1 }]);
});

test.each([
  [{ pageSize: 0 }, 'Expected `pageSize` to be an integer from 1 to 1000, got `0` (number)'],
  [{ pageSize: 1001 }, 'Expected `pageSize` to be an integer from 1 to 1000, got `1001` (number)'],
  [{ firstPage: 0 }, 'Expected `firstPage` to be an integer of at least 1, got `0` (number)'],
])('%j is refused when the list is made', (options, message) => {
  expect(() => new Listing(numbers(1).fetch, options)).toThrow(InvalidRequestError);
  expect(() => new Listing(numbers(1).fetch, options)).toThrow(message);
});
