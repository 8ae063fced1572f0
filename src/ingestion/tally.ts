import type { Fate } from './fate';
import type { IngestionProgress } from './outcome';
import type { SenderCounts } from './sender';

/** Counts what became of the items of a run. */
export class Tally {
  readonly #kinds = { accepted: 0, confirmed: 0, 'already-existed': 0, rejected: 0, 'dead-lettered': 0, unsent: 0 };
  readonly #errors: Record<string, number> = {};
  #resumed = 0;
  #acksFailed = 0;

  settled(fate: Fate): void {
    this.#kinds[fate.kind] += 1;
    if (fate.resumed) this.#resumed += 1;
    if ('error' in fate) this.#errors[fate.error.code] = (this.#errors[fate.error.code] ?? 0) + 1;
  }

  ackFailed(): void {
    this.#acksFailed += 1;
  }

  /** The counts as they stand, of so many items that were read and what was sent of them. */
  progress(read: number, { fill, ...sent }: SenderCounts): IngestionProgress {
    const { 'already-existed': alreadyExisted, 'dead-lettered': deadLettered, ...others } = this.#kinds;
    const settled = Object.values(this.#kinds).reduce((sum, count) => sum + count);
    return {
      ...{ read, ...others, alreadyExisted, deadLettered },
      ...{ inProgress: read - settled, resumed: this.#resumed },
      ...{ ...sent, fillRate: sent.chunks === 0 ? 1 : fill / sent.chunks },
      ...{ acksFailed: this.#acksFailed, errors: { ...this.#errors } },
    };
  }
}
