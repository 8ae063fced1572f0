import { isNativeError } from 'node:util/types';
import { isSource, type Lease, type Source } from '../ingestion/source';
import type { InputLike, InputsLike } from '../inputs/input-like';
import { assertInputs } from '../inputs/assert-inputs';
import { literalOf } from '../inputs/literal-of';

/** The same inputs, as members of a dataset besides those that they name themselves. */
export function inDataset(source: InputsLike, datasetId: string): InputsLike;
export function inDataset(source: InputsLike | Source, datasetId: string): InputsLike | Source;
export function inDataset(source: InputsLike | Source, datasetId: string): InputsLike | Source {
  const joined = (input: InputLike | Error): InputLike | Error => join(input, datasetId);
  if (!isSource(source)) {
    assertInputs(source, 'source');
    return mapped(source, joined);
  }
  const toLease = (lease: Lease): Lease =>
    // Methods of a lease may be on its prototype.
    Object.assign(Object.create(lease) as Lease, {
      input: joined(lease.input),
    });
  return {
    size: source.size,
    leaseMs: source.leaseMs,
    read: (options) => mapped(source.read(options), toLease),
  };
}

/** What is wrong with an input is for the ingestion to say. */
function join(input: InputLike | Error, datasetId: string): InputLike | Error {
  if (isNativeError(input)) return input;
  const literal: unknown = literalOf(input);
  if (typeof literal !== 'object' || literal === null) return input;
  const { datasetIds } = literal as { readonly datasetIds?: readonly string[] };
  if (datasetIds === undefined) return { ...literal, datasetIds: [datasetId] };
  if (!Array.isArray(datasetIds) || datasetIds.includes(datasetId)) return input;
  return { ...literal, datasetIds: [...(datasetIds as readonly string[]), datasetId] };
}

function mapped<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  map: (item: Item) => Item,
): Iterable<Item> | AsyncIterable<Item> {
  // A synchronous source is read without promises, as it is without a dataset.
  return Symbol.asyncIterator in items ? mapAsync(items, map) : mapSync(items, map);
}

function* mapSync<Item>(items: Iterable<Item>, map: (item: Item) => Item): Generator<Item, void, undefined> {
  for (const item of items) yield map(item);
}

async function* mapAsync<Item>(
  items: AsyncIterable<Item>,
  map: (item: Item) => Item,
): AsyncGenerator<Item, void, undefined> {
  for await (const item of items) yield map(item);
}
