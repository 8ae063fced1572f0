import { invalidRequest } from '../base/assert';
import type { IngestionOutcome } from './outcome';

export interface OutcomeQueueOptions {
  /** Hands outcomes out in the order of the source. */
  readonly ordered: boolean;
  /**
   * Called once for each outcome: when its reader comes for the next one, or at once when there is no reader.
   *
   * @param isReported whether it was read, or counted for nobody read; not if the reader left before
   */
  readonly onReleased: (outcome: IngestionOutcome, isReported: boolean) => void;
}

/** Outcomes on their way to their one reader; nothing is kept for a reader who has not come yet, or has left. */
export class OutcomeQueue {
  readonly #options: OutcomeQueueOptions;
  /** Outcomes that came before their turn, by place in the source. */
  readonly #early = new Map<number, IngestionOutcome>();
  #nextIndex = 0;
  #waiting: IngestionOutcome[] = [];
  #reader: 'none' | 'reading' | 'gone' = 'none';
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(options: OutcomeQueueOptions) {
    this.#options = options;
  }

  /** Whether there is a reader, or may be one for what is kept until its turn. */
  get isWanted(): boolean {
    return this.#options.ordered || this.#reader === 'reading';
  }

  /** Whether there was a reader who is gone. */
  get wasLeft(): boolean {
    return this.#reader === 'gone';
  }

  push(outcome: IngestionOutcome): void {
    if (!this.#options.ordered) return this.#enqueue(outcome);
    this.#early.set(outcome.index, outcome);
    for (;;) {
      const next = this.#early.get(this.#nextIndex);
      if (next === undefined) return;
      this.#early.delete(this.#nextIndex++);
      this.#enqueue(next);
    }
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** @param onLeft called when the reader leaves before the end */
  async *read(onLeft: () => Promise<void>): AsyncGenerator<IngestionOutcome, void, undefined> {
    if (this.#reader !== 'none') throw invalidRequest('The outcomes of a run can be read once', { code: 'RUN_READ' });
    this.#reader = 'reading';
    let batch: IngestionOutcome[] = [];
    let released = 0;
    let finished = false;
    try {
      for (;;) {
        batch = this.#waiting;
        this.#waiting = [];
        released = 0;
        for (const outcome of batch) {
          yield outcome;
          released += 1;
          this.#options.onReleased(outcome, true);
        }
        if (this.#waiting.length > 0) continue;
        if (this.#ended) break;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      finished = true;
    } finally {
      this.#reader = 'gone';
      for (const outcome of [...batch.slice(released), ...this.#waiting.splice(0)])
        this.#options.onReleased(outcome, false);
      if (!finished) await onLeft();
    }
  }

  #enqueue(outcome: IngestionOutcome): void {
    if (this.#reader !== 'reading') return this.#options.onReleased(outcome, this.#reader === 'none');
    this.#waiting.push(outcome);
    this.#wake?.();
  }
}
