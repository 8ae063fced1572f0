import { isNativeError } from 'node:util/types';
import { assertIterable, assertObject, assertString, invalidRequest } from '../base/assert';
import type { Clock, Timer } from '../base/clock';
import type { InvalidRequestError } from '../base/errors';
import type { AckFailedMessage } from '../diagnostics/messages';
import type { InputLike, InputsLike } from '../inputs/input-like';
import { idOfKey } from '../inputs/input-id';
import { literalOf } from '../inputs/literal-of';
import type { IngestionOutcome } from './outcome';
import type { Lease, Source } from './source';

export interface LeasesParams {
  readonly source: Source;
  readonly clock: Clock;
  /** Hears of what `ack`, `nack` and `extend` throw. */
  readonly onFailed: (failure: LeaseFailure) => void;
  /** Hears where each item is that has a cursor. */
  readonly onCursor: (index: number, cursor: string) => void;
}

export type LeaseFailure = Omit<AckFailedMessage, 'client' | 'method'>;

interface Held {
  readonly lease: Lease;
  /** Milliseconds since the epoch. */
  readonly extendAt: number;
}

type Step = IteratorResult<InputLike | Error, undefined>;

const ended: Step = { done: true, value: undefined };

/** Reads a `Source`, and ends each of its leases exactly once: with `ack` for an outcome, else with `nack`. */
export class Leases {
  readonly #params: LeasesParams;
  readonly #extendMs: number | undefined;
  readonly #stop = new AbortController();
  /** By place in the source, and in the order in which they are to be extended. */
  readonly #held = new Map<number, Held>();
  readonly #calls = new Set<Promise<void>>();
  #read = 0;
  #timer: Timer | undefined;

  constructor(params: LeasesParams) {
    const { leaseMs } = params.source;
    this.#params = params;
    this.#extendMs = leaseMs === undefined ? undefined : Math.ceil(leaseMs / 2);
  }

  /**
   * The inputs of the source, once.
   *
   * @param after the cursor to go on after
   */
  inputs(after: string | undefined): InputsLike {
    const leases = this.#params.source.read({ after, signal: this.#stop.signal });
    assertIterable(leases, 'what source.read returns');
    if (Symbol.asyncIterator in leases) {
      const iterator = leases[Symbol.asyncIterator]();
      const next = async (): Promise<Step> => this.#take(await iterator.next());
      const leave = async (): Promise<Step> => {
        this.#stop.abort();
        await iterator.return?.();
        return ended;
      };
      return { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
    }
    const iterator = leases[Symbol.iterator]();
    const leave = (): Step => {
      this.#stop.abort();
      iterator.return?.();
      return ended;
    };
    return { [Symbol.iterator]: () => ({ next: () => this.#take(iterator.next()), return: leave }) };
  }

  /**
   * The outcome of an item is with nobody of the run any more.
   *
   * @param isReported whether its reader got it, or nobody read
   */
  settle(outcome: IngestionOutcome, isReported: boolean): void {
    const { index } = outcome;
    const held = this.#held.get(index);
    if (held === undefined) return;
    this.#held.delete(index);
    if (outcome.kind === 'unsent') this.#nack(held.lease, index, outcome.reason);
    else if (!isReported) this.#nack(held.lease, index, unread());
    else this.#call(index, 'ack', () => held.lease.ack?.(outcome));
  }

  /**
   * Gives back the items that the run asked for and did not take, and resolves when no call to the source is under way.
   *
   * @param count items that the run took
   */
  async end(count: number, reason: unknown): Promise<void> {
    this.#stop.abort();
    for (const [index, { lease }] of this.#held) {
      if (index < count) continue;
      this.#held.delete(index);
      this.#nack(lease, index, reason);
    }
    await this.idle();
  }

  /** Resolves when no call to the source is under way. */
  async idle(): Promise<void> {
    while (this.#calls.size > 0) await Promise.all(this.#calls);
    if (this.#held.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #take(step: IteratorResult<Lease, unknown>): Step {
    if (step.done === true) return ended;
    const lease = step.value;
    assertObject(lease, `source item ${this.#read}`);
    if (this.#stop.signal.aborted) {
      this.#nack(lease, undefined, this.#stop.signal.reason);
      return ended;
    }
    const index = this.#read++;
    if (lease.cursor !== undefined) this.#locate(lease.cursor, index);
    this.#hold(lease, index);
    return { done: false, value: keyed(lease, index) };
  }

  #locate(cursor: string, index: number): void {
    assertString(cursor, `source item ${index}.cursor`);
    this.#params.onCursor(index, cursor);
  }

  #hold(lease: Lease, index: number): void {
    if (lease.ack === undefined && lease.nack === undefined && lease.extend === undefined) return;
    if (this.#extendMs === undefined) {
      this.#held.set(index, { lease, extendAt: Infinity });
      return;
    }
    this.#held.set(index, { lease, extendAt: this.#params.clock.now() + this.#extendMs });
    if (this.#timer === undefined) this.#setTimer(this.#extendMs);
  }

  #setTimer(delayMs: number): void {
    // A run under way keeps the process alive; a reader who never asks for the rest of the outcomes does not.
    this.#timer = this.#params.clock.setTimer(() => this.#extendDue(), delayMs, true);
  }

  #extendDue(): void {
    this.#timer = undefined;
    const now = this.#params.clock.now();
    const extendMs = this.#extendMs ?? Infinity;
    for (const [index, { lease, extendAt }] of this.#held) {
      if (extendAt > now) return this.#setTimer(extendAt - now);
      // To the end of the order, where the walk comes by again: with a time that is not due.
      this.#held.delete(index);
      this.#held.set(index, { lease, extendAt: now + extendMs });
      this.#call(index, 'extend', () => lease.extend?.());
    }
  }

  #nack(lease: Lease, index: number | undefined, reason: unknown): void {
    this.#call(index, 'nack', () => lease.nack?.(reason));
  }

  #call(index: number | undefined, call: LeaseFailure['call'], act: () => void | Promise<void>): void {
    const failed = (error: unknown): void => this.#params.onFailed({ index, call, error });
    try {
      const acting = act();
      if (acting === undefined) return;
      const done = Promise.resolve(acting)
        .catch(failed)
        .then(() => void this.#calls.delete(done));
      this.#calls.add(done);
    } catch (error) {
      failed(error);
    }
  }
}

function unread(): InvalidRequestError {
  return invalidRequest('The outcome was not read to its end', { code: 'OUTCOME_UNREAD' });
}

function keyed({ input, key }: Lease, index: number): InputLike | Error {
  if (key === undefined || isNativeError(input)) return input;
  assertString(key, `source item ${index}.key`);
  const literal = literalOf(input);
  // What is no input at all is refused where all inputs are.
  if (typeof literal !== 'object' || literal === null || literal.id !== undefined) return input;
  return { ...literal, id: idOfKey(key) };
}
