import { KeptSource } from '../../../src/operations/kept-source';

/** Numbers from 0, each of which comes when it is told to. */
function source(): { readonly items: AsyncIterable<number>; readonly give: (count: number) => void; read(): number } {
  let allowed = 0;
  let read = 0;
  let wake = (): void => undefined;
  async function* items(): AsyncGenerator<number> {
    for (;;) {
      while (read >= allowed) await new Promise<void>((resolve) => (wake = resolve));
      yield read++;
    }
  }
  return {
    items: items(),
    give: (count) => {
      allowed += count;
      wake();
    },
    read: () => read,
  };
}

async function take(from: AsyncIterator<number>, count: number): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) taken.push((await from.next()).value as number);
  return taken;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const attemptOf = (kept: KeptSource<number>): AsyncIterator<number> => kept.items()[Symbol.asyncIterator]();

test('an attempt gets what the one before it took, and then what it left', async () => {
  const { items, give } = source();
  const kept = new KeptSource(items);
  give(20);
  expect(await take(attemptOf(kept), 3)).toEqual(numbers(3));
  expect(kept.rewind()).toBe(true);
  expect(await take(attemptOf(kept), 20)).toEqual(numbers(20));
  expect(kept.rewind()).toBe(false);
});

test.each([0, 1, 15, 16])(
  'an item that comes between two attempts, behind %i, is for the later one',
  async (before) => {
    const { items, give } = source();
    const kept = new KeptSource(items);
    give(before);
    const first = attemptOf(kept);
    expect(await take(first, before)).toEqual(numbers(before));
    const waiting = first.next();
    expect(kept.rewind()).toBe(true);
    give(1);
    expect(await waiting).toEqual({ done: true, value: undefined });
    give(1);
    expect(await take(attemptOf(kept), before + 2)).toEqual(numbers(before + 2));
  },
);

test('with 16 that were taken there is another attempt, and with 17 there is none', async () => {
  for (const [count, another] of [
    [16, true],
    [17, false],
  ] as const) {
    const { items, give } = source();
    const kept = new KeptSource(items);
    give(count);
    await take(attemptOf(kept), count);
    expect(kept.rewind()).toBe(another);
  }
});

test('once an attempt is settled the others are read without being kept', async () => {
  const { items, give } = source();
  const kept = new KeptSource(items);
  give(100);
  const attempt = attemptOf(kept);
  expect(await take(attempt, 2)).toEqual([0, 1]);
  kept.settle();
  expect(await take(attempt, 98)).toEqual(numbers(100).slice(2));
  expect(kept.rewind()).toBe(false);
});

test('an attempt hears of the end, and of an error, as often as it asks', async () => {
  const ended = new KeptSource(numbers(1));
  expect(await take(attemptOf(ended), 1)).toEqual([0]);
  expect(ended.rewind()).toBe(true);
  const again = attemptOf(ended);
  expect(await take(again, 1)).toEqual([0]);
  expect((await again.next()).done).toBe(true);
  const broken = new KeptSource(
    (function* (): Generator<number> {
      throw new Error('broken');
    })(),
  );
  await expect(attemptOf(broken).next()).rejects.toThrow('broken');
  broken.rewind();
  await expect(attemptOf(broken).next()).rejects.toThrow('broken');
});
