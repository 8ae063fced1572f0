import { longestDelayMs } from '../../base/assert';
import type { Clock, Timer } from '../../base/clock';
import type { Job, Stage } from '../jobs/run-job';
import type { Lifecycle } from './input-store';

/** What is to become of a job, and when. */
export interface PlannedStage {
  readonly dueMs: number;
  readonly stage: Stage;
  readonly job: Job;
}

/** What is under way in the background: data and one timer, so that it can be copied, kept in a file and gone on with. */
export class Agenda {
  readonly #clock: Clock;
  readonly #lifecycle: Lifecycle;
  readonly #run: (job: Job, stage: Stage) => void;
  /** Earliest first. */
  #planned: PlannedStage[] = [];
  #timer: Timer | undefined;

  constructor(clock: Clock, lifecycle: Lifecycle, run: (job: Job, stage: Stage) => void) {
    this.#clock = clock;
    this.#lifecycle = lifecycle;
    this.#run = run;
  }

  /** A job begins after as long as an input is pending, and ends after as long as one is being processed. */
  add(job: Job): void {
    const { pendingMs, inProgressMs } = this.#lifecycle;
    const beginsMs = this.#clock.now() + pendingMs;
    this.#planned.push({ dueMs: beginsMs, stage: 'begin', job }, { dueMs: beginsMs + inProgressMs, stage: 'end', job });
    // Sorting is stable: of what falls due at once, what was planned first comes first.
    this.#planned.sort((one, other) => one.dueMs - other.dueMs);
    this.#wait();
  }

  planned(): readonly PlannedStage[] {
    return this.#planned;
  }

  /** Forgets what was planned and plans something else; what has fallen due in the meantime happens at once. */
  replace(planned: readonly PlannedStage[]): void {
    this.#planned = [...planned];
    this.#runDue();
  }

  /** Nothing happens any more; what was planned stays planned. */
  stop(): void {
    this.#timer?.cancel();
  }

  #runDue(): void {
    for (let [next] = this.#planned; next !== undefined && next.dueMs <= this.#clock.now(); [next] = this.#planned) {
      this.#planned.shift();
      this.#run(next.job, next.stage);
    }
    this.#wait();
  }

  #wait(): void {
    this.#timer?.cancel();
    const [next] = this.#planned;
    if (next === undefined) return;
    const delayMs = Math.min(Math.max(next.dueMs - this.#clock.now(), 0), longestDelayMs);
    this.#timer = this.#clock.setTimer(() => this.#runDue(), delayMs, true);
  }
}
