import type { Clock, Timer } from '../base/clock';
import type { IngestionProgress } from './outcome';

/** The counts of a run at one moment, and how fast they grow. */
export interface IngestionReport extends IngestionProgress {
  /** Milliseconds since the run began. */
  readonly elapsedMs: number;
  /** Outcomes a second since the report before, or since the start. */
  readonly itemsPerSecond: number;
  /** Encoded bytes a second that were answered since then. */
  readonly bytesPerSecond: number;
  /** Items that the source has in all, when it says so. */
  readonly size: number | undefined;
  /** Milliseconds until all of them have their outcomes, at the average pace so far; `undefined` when that cannot be told. */
  readonly remainingMs: number | undefined;
}

export interface ProgressReportsOptions {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly size: number | undefined;
  /** Items of the source that earlier runs are done with, and this one does not read. */
  readonly itemsBefore: () => number;
  readonly progress: () => IngestionProgress;
  readonly report: (report: IngestionReport) => void;
}

/** Reports the progress of a run from time to time, and once more at its end. */
export class ProgressReports {
  readonly #options: ProgressReportsOptions;
  readonly #startedAt: number;
  #last: { readonly atMs: number; readonly settled: number; readonly bytes: number };
  #timer: Timer | undefined;

  constructor(options: ProgressReportsOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#last = { atMs: 0, settled: 0, bytes: 0 };
    this.#setTimer();
  }

  end(): void {
    this.#timer?.cancel();
    this.#report();
  }

  #setTimer(): void {
    const { clock, everyMs } = this.#options;
    const tick = (): void => {
      this.#setTimer();
      this.#report();
    };
    this.#timer = clock.setTimer(tick, everyMs, true);
  }

  #report(): void {
    const { clock, size, itemsBefore, progress, report } = this.#options;
    const counts = progress();
    const settled = counts.read - counts.inProgress;
    const elapsedMs = clock.now() - this.#startedAt;
    const seconds = (elapsedMs - this.#last.atMs) / 1000;
    const perSecond = (count: number): number => (seconds > 0 ? count / seconds : 0);
    const itemsPerSecond = perSecond(settled - this.#last.settled);
    const bytesPerSecond = perSecond(counts.bytes - this.#last.bytes);
    this.#last = { atMs: elapsedMs, settled, bytes: counts.bytes };
    const left = size === undefined || settled === 0 ? undefined : Math.max(0, size - itemsBefore() - settled);
    const remainingMs = left === undefined ? undefined : left * (elapsedMs / settled);
    report({ ...counts, elapsedMs, itemsPerSecond, bytesPerSecond, size, remainingMs });
  }
}
