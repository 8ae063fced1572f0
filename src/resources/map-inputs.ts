import { assertInteger } from '../base/assert';
import { ClarifaiError } from '../base/errors';
import { mapConcurrent } from '../operations/map-concurrent';
import type { Outcome } from '../operations/outcome';

const defaultConcurrency = 8;

/** Inputs whose results may wait for that of a slow one, for each that is worked on. */
const readAheadFactor = 4;

export interface MapInputsOptions {
  /** Inputs at once. @default 8 */
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does something with each input, with several at a time, and yields one outcome an input, in their order. What is no matter
 * of one input, such as a full disk, ends all of it.
 */
export function mapInputs<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  idOf: (item: Item) => string,
  map: (item: Item, signal: AbortSignal) => Promise<Result>,
  { concurrency = defaultConcurrency, signal }: MapInputsOptions,
): AsyncGenerator<Outcome<Result>, void, undefined> {
  assertInteger(concurrency, 'concurrency', { min: 1 });
  return mapConcurrent(
    items,
    async (item, { index, signal: ended }): Promise<Outcome<Result>> => {
      const id = idOf(item);
      try {
        return { index, id, ok: true, value: await map(item, ended) };
      } catch (error) {
        if (ended.aborted || !(error instanceof ClarifaiError)) throw error;
        return { index, id, ok: false, error };
      }
    },
    { concurrency, readAhead: concurrency * readAheadFactor, signal },
  );
}
