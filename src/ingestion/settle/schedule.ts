import type { Accepted } from '../fate';
import { maxListedInputs } from './list-inputs';

/** An input that the service has accepted and is not done with. */
export interface Unconfirmed {
  /** Place in the source. */
  readonly index: number;
  readonly id: string;
  /** As the service told when it accepted it. */
  readonly accepted: Accepted;
  /** Looks in a row at which the app did not have it. */
  missing: number;
}

/** Inputs that are looked at together. */
export interface Batch {
  readonly inputs: readonly Unconfirmed[];
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly pauseMs: number;
}

interface OpenBatch extends Batch {
  readonly inputs: Unconfirmed[];
}

/** Milliseconds before the first look at an input. */
export const firstPauseMs = 500;
const pauseGrowth = 1.5;
export const longestPauseMs = 10_000;

export function nextPauseMs(pauseMs: number): number {
  return Math.min(pauseMs * pauseGrowth, longestPauseMs);
}

/** Inputs that wait for their next look, in as few batches as their times allow. */
export class Schedule {
  readonly #batches = new Set<OpenBatch>();
  /** The youngest batch for each pause, which others join as long as it has room. */
  readonly #open = new Map<number, OpenBatch>();

  /** The batch that is due first. */
  get first(): Batch | undefined {
    return this.#first();
  }

  /** Inputs that were read before those of a batch and wait, too. */
  countBefore({ inputs: [first] }: Batch): number {
    let count = 0;
    for (const { inputs } of this.#batches) if ((inputs[0]?.index ?? 0) < (first?.index ?? 0)) count += inputs.length;
    return count;
  }

  add(input: Unconfirmed, now: number, pauseMs: number = firstPauseMs): void {
    let batch = this.#open.get(pauseMs);
    if (batch === undefined || batch.inputs.length >= maxListedInputs) {
      batch = { inputs: [], dueAt: now + pauseMs, pauseMs };
      this.#batches.add(batch);
      this.#open.set(pauseMs, batch);
    }
    batch.inputs.push(input);
  }

  /** Some inputs of the batch that is due first, and the pause they have had. */
  take(most: number): { readonly inputs: readonly Unconfirmed[]; readonly pauseMs: number } {
    const batch = this.#first();
    if (batch === undefined) return { inputs: [], pauseMs: firstPauseMs };
    const inputs = batch.inputs.splice(0, most);
    const { pauseMs } = batch;
    // Closed, so that what is looked at again waits for its full pause.
    if (this.#open.get(pauseMs) === batch) this.#open.delete(pauseMs);
    if (batch.inputs.length === 0) this.#batches.delete(batch);
    return { inputs, pauseMs };
  }

  /** Puts the batch that is due first off for another pause. */
  postpone(now: number): void {
    const { inputs, pauseMs } = this.take(Infinity);
    for (const input of inputs) this.add(input, now, nextPauseMs(pauseMs));
  }

  /** Empties the schedule. */
  takeAll(): readonly Unconfirmed[] {
    const inputs = [...this.#batches].flatMap((batch) => batch.inputs);
    this.#batches.clear();
    this.#open.clear();
    return inputs;
  }

  #first(): OpenBatch | undefined {
    let first: OpenBatch | undefined;
    for (const batch of this.#batches) if (first === undefined || batch.dueAt < first.dueAt) first = batch;
    return first;
  }
}
