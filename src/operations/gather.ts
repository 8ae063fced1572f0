import { setImmediate } from 'node:timers/promises';

export interface GatherOptions<Item> {
  /** Weight of a group at most; a single item may exceed it. */
  readonly maxWeight: number;
  readonly weigh: (item: Item) => number;
  /** Items that are read before they are asked for. */
  readonly readAhead: number;
}

/**
 * Groups items as they come: whoever asks for the next group gets what has come since, and waits only when that is nothing. So
 * groups are large when much comes, and no item waits for others when little does. Whoever leaves early has to end the
 * source, which may be waiting for something.
 */
export async function* gather<Item>(
  items: AsyncIterable<Item>,
  { maxWeight, weigh, readAhead }: GatherOptions<Item>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const waiting: Item[] = [];
  const source: { hasEnded: boolean; failure?: { readonly error: unknown } } = { hasEnded: false };
  let isLeft = false;
  let wakeReader = (): void => undefined;
  let wakeTaker = (): void => undefined;
  const read = async (): Promise<void> => {
    for await (const item of items) {
      waiting.push(item);
      wakeTaker();
      while (waiting.length >= readAhead && !isLeft) await new Promise<void>((resolve) => (wakeReader = resolve));
      if (isLeft) return;
    }
  };
  void read()
    .catch((error: unknown) => (source.failure = { error }))
    .finally(() => {
      source.hasEnded = true;
      wakeTaker();
    });
  const take = (): Item[] => {
    let weight = 0;
    let count = 0;
    for (const item of waiting) {
      weight += weigh(item);
      if (count > 0 && weight > maxWeight) break;
      count += 1;
    }
    return waiting.splice(0, count);
  };
  try {
    for (;;) {
      while (waiting.length === 0 && !source.hasEnded) await new Promise<void>((resolve) => (wakeTaker = resolve));
      // What comes in the same turn goes along.
      await setImmediate();
      const group = take();
      if (group.length > 0) {
        wakeReader();
        yield group;
      } else if (source.failure !== undefined) throw source.failure.error;
      else if (source.hasEnded) return;
    }
  } finally {
    isLeft = true;
    wakeReader();
  }
}
