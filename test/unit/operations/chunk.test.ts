import fc from 'fast-check';
import { InvalidRequestError } from '../../../src/base/errors';
import { chunk, type ChunkOptions } from '../../../src/operations/chunk';

interface Item {
  readonly id: string;
  readonly bytes: number;
  readonly video: boolean;
}

const item = fc.record({ id: fc.string(), bytes: fc.integer({ min: 0, max: 100 }), video: fc.boolean() });
const sizes: ChunkOptions<Item> = {
  sizeOf: ({ bytes }) => bytes,
  isSolitary: ({ video }) => video,
  idOf: ({ id }) => id,
  name: 'inputs',
};

async function collect<T>(chunks: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of chunks) all.push(one);
  return all;
}

async function* asAsync<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

const total = (items: readonly Item[]): number => items.reduce((sum, { bytes }) => sum + bytes, 0);

describe('chunk', () => {
  test('keeps every item, its order, and every limit, over sync and async sources', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 60 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 100, max: 300 }),
        fc.boolean(),
        async (items, maxItems, maxBytes, asynchronous) => {
          const source = asynchronous ? asAsync(items) : items;
          const chunks = await collect(chunk(source, { ...sizes, maxItems, maxBytes }));
          expect(chunks.flat()).toEqual(items);
          for (const one of chunks) {
            expect(one.length).toBeGreaterThan(0);
            expect(one.length).toBeLessThanOrEqual(maxItems);
            expect(total(one)).toBeLessThanOrEqual(maxBytes);
            expect(one.length === 1 || one.every(({ video }) => !video)).toBe(true);
          }
        },
      ),
    );
  });

  test('closes a chunk only when the next item would not fit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), async (items, maxItems) => {
        const chunks = await collect(chunk(items, { ...sizes, maxItems, maxBytes: 150 }));
        chunks.slice(1).forEach((next, index) => {
          const full = chunks[index] ?? [];
          const [first] = next;
          const alone = first?.video === true || full.some(({ video }) => video);
          expect(
            alone || full.length === maxItems || total(full) + (first?.bytes ?? 0) > 150 || total(full) === 150,
          ).toBe(true);
        });
      }),
    );
  });

  test('takes 128 items by default', async () => {
    const chunks = await collect(chunk(Array.from({ length: 300 }, (_, n) => n)));
    expect(chunks.map(({ length }) => length)).toEqual([128, 128, 44]);
  });

  test('yields nothing for nothing', async () => {
    expect(await collect(chunk([]))).toEqual([]);
  });

  test('lets a single item be larger than the target but not than the limit', async () => {
    const items = [10, 90, 10].map((bytes) => ({ id: '', bytes, video: false }));
    const chunks = await collect(chunk(items, { ...sizes, targetBytes: 50, maxBytes: 100 }));
    expect(chunks.map(total)).toEqual([10, 90, 10]);
  });

  test('reads no further than the chunk at hand needs', async () => {
    let read = 0;
    function* endless(): Generator<number> {
      for (;;) yield read++;
    }
    const chunks = chunk(endless(), { maxItems: 4 });
    expect(read).toBe(0);
    await chunks.next();
    expect(read).toBe(4);
    await chunks.next();
    expect(read).toBe(8);
  });

  test('closes the source when the consumer stops early', async () => {
    let closed = false;
    function* endless(): Generator<number> {
      try {
        for (;;) yield 1;
      } finally {
        closed = true;
      }
    }
    for await (const _ of chunk(endless(), { maxItems: 2 })) break;
    expect(closed).toBe(true);
  });

  test('rejects an item over its own limit by index and id, before its chunk is handed out', async () => {
    const items = [
      { id: 'a', bytes: 5, video: false },
      { id: 'b', bytes: 21, video: false },
    ];
    const seen: (readonly Item[])[] = [];
    const action = async (): Promise<void> => {
      for await (const one of chunk(items, { ...sizes, maxItemBytes: 20 })) seen.push(one);
    };
    await expect(action()).rejects.toThrow(
      'Expected `inputs[1] (id "b")` to be at most 20 bytes when encoded, got `21` (number)',
    );
    await expect(action()).rejects.toThrow(InvalidRequestError);
    expect(seen).toEqual([]);
  });

  test('rejects what is no source and limits that are no positive integers', async () => {
    await expect(collect(chunk(5 as unknown as [], {}))).rejects.toThrow('Expected `items` to be an iterable');
    await expect(collect(chunk([], { maxItems: 0 }))).rejects.toThrow(
      'Expected `maxItems` to be an integer of at least 1',
    );
    await expect(collect(chunk([], { maxBytes: NaN }))).rejects.toThrow('Expected `maxBytes`');
  });
});

test.each<[string, object, RegExp]>([
  ['an unknown option', { maxItem: 1 }, /Unknown name `maxItem` in `options`: did you mean `maxItems`/],
  ['null', null as never, /`options` to be an object, got `null`/],
  ['a size that is no function', { sizeOf: 5 }, /`sizeOf` to be a function/],
  ['a size that is no number', { sizeOf: () => NaN }, /`sizeOf\(items\[0\]\)` to be a number of at least 0, got `NaN`/],
  ['a size below 0', { sizeOf: () => -1 }, /`sizeOf\(items\[0\]\)`/],
])('%s is refused', async (_, options, message) => {
  await expect(chunk([1, 2], options).next()).rejects.toThrow(message);
});
