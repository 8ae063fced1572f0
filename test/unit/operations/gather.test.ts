import { gather } from '../../../src/operations/gather';

const options = { weigh: (item: number) => item, maxWeight: 10, readAhead: 100 };

async function* from(items: Iterable<number>): AsyncGenerator<number> {
  yield* items;
}

async function groupsOf(items: AsyncIterable<number>, more = {}): Promise<(readonly number[])[]> {
  const groups: (readonly number[])[] = [];
  for await (const group of gather(items, { ...options, ...more })) groups.push(group);
  return groups;
}

test('what has come goes together, up to the weight, in its order; a heavy item alone', async () => {
  expect(await groupsOf(from([4, 6, 1, 50, 2]))).toEqual([[4, 6], [1], [50], [2]]);
  expect(await groupsOf(from([]))).toEqual([]);
});

test('an item does not wait for others', async () => {
  let more = (): void => undefined;
  async function* slow(): AsyncGenerator<number> {
    yield 1;
    await new Promise<void>((resolve) => (more = resolve));
    yield 2;
  }
  const seen: (readonly number[])[] = [];
  for await (const group of gather(slow(), options)) {
    seen.push(group);
    more();
  }
  expect(seen).toEqual([[1], [2]]);
});

test('no more is read than asked for and read ahead', async () => {
  let read = 0;
  async function* counted(): AsyncGenerator<number> {
    for (;;) {
      read += 1;
      yield 1;
    }
  }
  let taken = 0;
  for await (const group of gather(counted(), { ...options, readAhead: 5 })) {
    taken += group.length;
    expect(read).toBeLessThanOrEqual(taken + 6);
    if (taken > 50) break;
  }
});

test('what came before a failure comes before it', async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new Error('no more');
  }
  const groups = gather(failing(), options);
  expect(await groups.next()).toEqual({ done: false, value: [1] });
  await expect(groups.next()).rejects.toThrow('no more');
});
