/** The first of many; no more than these are asked for. @param count all, when it is `undefined` */
export async function* firstOf<Item>(
  items: AsyncIterable<Item>,
  count: number | undefined,
): AsyncGenerator<Item, void, undefined> {
  let left = count ?? Infinity;
  for await (const item of items) {
    yield item;
    left -= 1;
    if (left <= 0) return;
  }
}
