import {
  assertFunction,
  assertInteger,
  assertIterable,
  assertNumber,
  assertObject,
  assertString,
  invalidArgument,
} from '../base/assert';
import { maxInputsPerRequest, maxRequestBytes } from '../base/limits';

/** What fits into a chunk. */
export interface ChunkOptions<Item> {
  /** Items in one chunk. @default 128 */
  readonly maxItems?: number | undefined;
  /** Bytes of one chunk. @default 134152192 (128 MiB less 64 KiB) */
  readonly maxBytes?: number | undefined;
  /** Bytes at which a chunk is full, though a single item may be larger. @default maxBytes */
  readonly targetBytes?: number | undefined;
  /** Bytes of one item. @default maxBytes */
  readonly maxItemBytes?: number | undefined;
  /** Encoded size of an item, with the few bytes that introduce it in its request. @default 0, which counts items only */
  readonly sizeOf?: ((item: Item) => number) | undefined;
  /** Whether an item must have a chunk for itself, as a video must. @default never */
  readonly isSolitary?: ((item: Item) => boolean) | undefined;
  /** The item's id, for errors. */
  readonly idOf?: ((item: Item) => string | undefined) | undefined;
  /** What the items are called in errors. @default 'items' */
  readonly name?: string | undefined;
}

const optionNames: readonly (keyof ChunkOptions<never>)[] = [
  'maxItems',
  'maxBytes',
  'targetBytes',
  'maxItemBytes',
  'sizeOf',
  'isSolitary',
  'idOf',
  'name',
];

/**
 * Cuts items into chunks that fit one request each. Order is kept. The source is read no further than the chunk at hand
 * needs: to the item that fills it, or one further, the first that does not fit.
 *
 * @throws InvalidRequestError with index and id of an item that is larger than a request, before its chunk is handed out
 * @example
 * for await (const ids of chunk(allIds, { maxItems: 100 })) await stub.DeleteInputs({ userAppId, ids });
 * @see chunkInputs for Input messages
 */
export async function* chunk<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  options: ChunkOptions<Item> = {},
): AsyncGenerator<readonly Item[], void, undefined> {
  assertObject(options, 'options', optionNames);
  const { sizeOf = () => 0, isSolitary = () => false, idOf, name = 'items' } = options;
  const { maxItems = maxInputsPerRequest, maxBytes = maxRequestBytes } = options;
  const { maxItemBytes = maxBytes, targetBytes = maxBytes } = options;
  assertString(name, 'name', { nonEmpty: true });
  assertIterable(items, name);
  for (const [option, value] of Object.entries({ sizeOf, isSolitary, ...(idOf !== undefined && { idOf }) })) {
    assertFunction(value, option);
  }
  assertInteger(maxItems, 'maxItems', { min: 1 });
  for (const [limit, value] of Object.entries({ maxBytes, targetBytes, maxItemBytes })) {
    assertInteger(value, limit, { min: 1 });
  }
  const mostItemBytes = Math.min(maxItemBytes, maxBytes);
  const fullBytes = Math.min(targetBytes, maxBytes);

  let open: Item[] = [];
  let openBytes = 0;
  let index = 0;
  for await (const item of items) {
    const bytes = sizeOf(item);
    assertNumber(bytes, `sizeOf(${name}[${index}])`, { min: 0 });
    if (bytes > mostItemBytes) throw tooLarge(`${name}[${index}]`, idOf?.(item), mostItemBytes, bytes);
    const solitary = isSolitary(item);
    if (open.length > 0 && (solitary || openBytes + bytes > fullBytes)) {
      yield open;
      open = [];
      openBytes = 0;
    }
    open.push(item);
    openBytes += bytes;
    index += 1;
    if (solitary || open.length === maxItems || openBytes >= fullBytes) {
      yield open;
      open = [];
      openBytes = 0;
    }
  }
  if (open.length > 0) yield open;
}

function tooLarge(name: string, id: string | undefined, limit: number, bytes: number): Error {
  const which = id === undefined ? '' : ` (id ${JSON.stringify(id)})`;
  return invalidArgument(`${name}${which}`, `at most ${limit} bytes when encoded`, bytes);
}
