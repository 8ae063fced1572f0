import fc from 'fast-check';
import { mapConcurrent } from '../../../src/operations/map-concurrent';
import { settle } from '../fake-clock';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A source that counts what is taken from it and whether it was closed. */
function counted(length = Infinity): AsyncGenerator<number> & { taken: number; closed: boolean } {
  async function* numbers(): AsyncGenerator<number> {
    try {
      for (let n = 0; n < length; n++) {
        source.taken += 1;
        yield n;
      }
    } finally {
      source.closed = true;
    }
  }
  const source = Object.assign(numbers(), { taken: 0, closed: false });
  return source;
}

/** Mappers that finish when the test says so. */
function gates<T>(): {
  open: (index: number, value: T) => void;
  fail: (index: number, error: unknown) => void;
  wait: (index: number) => Promise<T>;
  started: number[];
} {
  const waiting = new Map<number, { resolve: (value: T) => void; reject: (error: unknown) => void }>();
  const started: number[] = [];
  return {
    started,
    wait: (index) =>
      new Promise<T>((resolve, reject) => (started.push(index), waiting.set(index, { resolve, reject }))),
    open: (index, value) => waiting.get(index)?.resolve(value),
    fail: (index, error) => waiting.get(index)?.reject(error),
  };
}

describe('mapConcurrent', () => {
  test('yields every result in the order of the items, whatever order the mappers finish in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(8),
        fc.boolean(),
        async (turns, concurrency, more, asynchronous) => {
          let running = 0;
          let most = 0;
          const mapper = async (turnsToTake: number, { index }: { index: number }): Promise<number> => {
            most = Math.max(most, ++running);
            for (let turn = 0; turn < turnsToTake; turn++) await Promise.resolve();
            running -= 1;
            return index;
          };
          async function* asAsync(): AsyncGenerator<number> {
            yield* turns;
          }
          const source = asynchronous ? asAsync() : turns;
          const results = await collect(mapConcurrent(source, mapper, { concurrency, readAhead: concurrency + more }));
          expect(results).toEqual(turns.map((_, index) => index));
          expect(most).toBeLessThanOrEqual(concurrency);
        },
      ),
    );
  });

  test('reads nothing before the first result is asked for', async () => {
    const source = counted();
    mapConcurrent(source, (n) => n, { concurrency: 2 });
    await settle();
    expect(source.taken).toBe(0);
  });

  test('never takes more than readAhead items beyond what the consumer has', async () => {
    const source = counted();
    let consumed = 0;
    for await (const _ of mapConcurrent(source, (n) => n, { concurrency: 2, readAhead: 5 })) {
      await settle();
      consumed += 1;
      expect(source.taken).toBeLessThanOrEqual(consumed + 5);
      if (consumed === 10) break;
    }
    expect(source.taken).toBe(15);
  });

  test('keeps mappers busy behind a slow first item as far as readAhead allows', async () => {
    const { wait, open, started } = gates<number>();
    const results = collect(mapConcurrent([0, 1, 2, 3, 4], (n) => wait(n), { concurrency: 2, readAhead: 4 }));
    await settle();
    open(1, 1);
    await settle();
    open(2, 2);
    await settle();
    expect(started).toEqual([0, 1, 2, 3]);
    open(0, 0);
    await settle();
    for (const n of [3, 4]) {
      open(n, n);
      await settle();
    }
    await expect(results).resolves.toEqual([0, 1, 2, 3, 4]);
  });

  test('starts nothing after an error, yields the results before it, and closes the source', async () => {
    const source = counted();
    const { wait, open, fail, started } = gates<number>();
    const got: number[] = [];
    const run = (async () => {
      for await (const n of mapConcurrent(source, (item) => wait(item), { concurrency: 3 })) got.push(n);
    })();
    const failed = expect(run).rejects.toThrow('second');
    await settle();
    fail(1, new Error('second'));
    await settle();
    expect(got).toEqual([]);
    open(0, 0);
    await failed;
    expect(got).toEqual([0]);
    expect(started).toEqual([0, 1, 2]);
    expect(source.closed).toBe(true);
  });

  test('closes the source and tells running mappers when the consumer stops early', async () => {
    const source = counted();
    const signals: AbortSignal[] = [];
    for await (const n of mapConcurrent(
      source,
      (item, { signal }) => {
        signals.push(signal);
        return item === 0 ? item : new Promise<number>(() => undefined);
      },
      { concurrency: 3 },
    )) {
      expect(n).toBe(0);
      break;
    }
    expect(source.closed).toBe(true);
    expect(signals.every((signal) => signal.aborted)).toBe(true);
  });

  test('rejects with the reason of an abort at once, even while mappers hang', async () => {
    const controller = new AbortController();
    const reason = { why: 'enough' };
    const source = counted();
    const run = collect(
      mapConcurrent(source, () => new Promise<number>(() => undefined), { concurrency: 2, signal: controller.signal }),
    );
    const failed = expect(run).rejects.toBe(reason);
    await settle();
    controller.abort(reason);
    await failed;
    expect(source.closed).toBe(true);
  });

  test('rejects with the reason of an abort while the source never brings another item', async () => {
    const controller = new AbortController();
    async function* stuck(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => undefined);
    }
    const run = collect(mapConcurrent(stuck(), (n) => n, { concurrency: 2, signal: controller.signal }));
    const failed = expect(run).rejects.toThrow('stop');
    await settle();
    controller.abort(new Error('stop'));
    await failed;
  });

  test('does not touch the source when the signal is aborted before the start', async () => {
    const source = counted();
    const run = collect(
      mapConcurrent(source, (n) => n, { concurrency: 1, signal: AbortSignal.abort(new Error('before')) }),
    );
    await expect(run).rejects.toThrow('before');
    expect(source.taken).toBe(0);
  });

  test('passes on an error of the source after the results before it, without closing the source again', async () => {
    const got: number[] = [];
    let returned = false;
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]() {
        let n = 0;
        return {
          next: () => (n === 2 ? Promise.reject(new Error('broken')) : Promise.resolve({ done: false, value: n++ })),
          return: () => ((returned = true), Promise.resolve({ done: true, value: undefined })),
        };
      },
    };
    const run = (async () => {
      for await (const n of mapConcurrent(source, (item) => item, { concurrency: 4 })) got.push(n);
    })();
    await expect(run).rejects.toThrow('broken');
    expect(got).toEqual([0, 1]);
    expect(returned).toBe(false);
  });

  test('leaves no listener on the signal', async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => ((listeners += 1), add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => ((listeners -= 1), remove(...args));
    await collect(mapConcurrent([1, 2, 3], (n) => n, { concurrency: 2, signal }));
    expect(listeners).toBe(0);
  });

  test('rejects options that are no positive integers', async () => {
    await expect(collect(mapConcurrent([], (n) => n, { concurrency: 0 }))).rejects.toThrow(
      'Expected `concurrency` to be an integer of at least 1, got `0` (number)',
    );
    await expect(collect(mapConcurrent([], (n) => n, { concurrency: 4, readAhead: 2 }))).rejects.toThrow('readAhead');
  });
});
