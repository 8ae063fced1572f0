import { invalidRequest } from '../base/assert';
import type { IngestionOutcome } from './outcome';

export interface OutcomeQueueOptions {
  /** Hands outcomes out in the order of the source. */
  readonly ordered: boolean;
  /** Called once for each outcome when the queue holds it no longer. */
  readonly onReleased: () => void;
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
    let finished = false;
    try {
      for (;;) {
        const batch = this.#waiting;
        this.#waiting = [];
        for (const outcome of batch) {
          this.#options.onReleased();
          yield outcome;
        }
        if (this.#waiting.length > 0) continue;
        if (this.#ended) break;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      finished = true;
    } finally {
      this.#reader = 'gone';
      for (const _ of this.#waiting.splice(0)) this.#options.onReleased();
      if (!finished) await onLeft();
    }
  }

  #enqueue(outcome: IngestionOutcome): void {
    if (this.#reader !== 'reading') return this.#options.onReleased();
    this.#waiting.push(outcome);
    this.#wake?.();
  }
}
