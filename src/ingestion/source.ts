import type { InputLike, InputsLike } from '../inputs/input-like';
import type { IngestionOutcome } from './outcome';

/**
 * A source that an ingestion can do more with than read it to its end: go on after an item where an earlier run stopped
 * (`cursor`), and tell it what became of each item (`ack`, `nack`), as queues want to know. Whoever needs neither passes
 * any iterable.
 *
 * @example
 * const source: Source = {
 *   leaseMs: 30_000,
 *   async *read({ signal }) {
 *     for await (const message of queue.consume({ signal })) {
 *       yield {
 *         input: { url: message.body },
 *         key: message.id,
 *         ack: () => message.ack(),
 *         nack: () => message.nak(),
 *         extend: () => message.working(),
 *       };
 *     }
 *   },
 * };
 */
export interface Source {
  /** Items it gives in all, when it knows that beforehand; used for the estimate of the time left. */
  readonly size?: number | undefined;
  /**
   * Milliseconds that an item stays with its reader before the source gives it to another. A lease is extended when half
   * of them have passed, as often as it takes. @default never extended
   */
  readonly leaseMs?: number | undefined;
  /**
   * Reads the items, in an order that is the same at every call if they have cursors. Called once a run; asked for no more
   * than the run has room for, and told by `return` when the run needs no more. What it throws ends the run, after the
   * items that it gave before have their outcomes.
   */
  read(options: SourceReadOptions): Iterable<Lease> | AsyncIterable<Lease>;
}

/** Where a source begins to read, and when it may stop. */
export interface SourceReadOptions {
  /** The cursor of the last item that is not to come again; `undefined` to begin at the beginning. */
  readonly after: string | undefined;
  /** Aborts when the run stops reading, so that a source which waits for items can stop waiting. */
  readonly signal: AbortSignal;
}

/**
 * An item of a source, and who is to hear what becomes of it. For every item exactly one of `ack` and `nack` is called,
 * once: after its outcome has been counted and, when someone iterates over the run, read. What they throw is counted as
 * `acksFailed` in the run's progress, published on the channel `clarifai-grpc:ack-failed` and disturbs no other item:
 * an item that comes again gets the same id, so that there is still one copy of it. `run.done` waits for them.
 */
export interface Lease {
  /** The input, or why there is none: such an item is `rejected` with the error. */
  readonly input: InputLike | Error;
  /**
   * What names the item at its source: a message id, a path. The same key makes the same input id, and another key another
   * one. An `id` of the input itself goes first. @default the id is made from the content
   */
  readonly key?: string | undefined;
  /** Where the item is: given to `read` as `after`, the next item is the one that followed it. */
  readonly cursor?: string | undefined;
  /** The item is done, whatever its outcome: it is not to come again. */
  ack?(outcome: IngestionOutcome): void | Promise<void>;
  /**
   * The item is to come again: it is `unsent`, was given after the run had stopped reading, or the loop over the outcomes was
   * left before it came for the next one.
   */
  nack?(reason: unknown): void | Promise<void>;
  /** The item is still being worked on: called every half `leaseMs` until `ack` or `nack`. */
  extend?(): void | Promise<void>;
}

/** Whether it is a `Source`. What can be iterated over is not one: Node's streams have a `read`, too. */
export function isSource(value: InputsLike | Source): value is Source {
  if (typeof value !== 'object' || value === null) return false;
  return !(Symbol.iterator in value) && !(Symbol.asyncIterator in value) && typeof value.read === 'function';
}
