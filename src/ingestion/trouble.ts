import type { FailedAttempt } from '../base/error-fields';
import type { ClarifaiError } from '../base/errors';

/** Failed attempts that are remembered, to tell of them when the item is given up. */
const maxRemembered = 10;

/** What an item went through. Most go through nothing. */
export class Trouble {
  /** Whether an attempt that may have created the input was left without an answer. */
  mayExist = false;
  /** Whether an earlier run of the journal may have sent it. */
  isResumed = false;
  /** Attempts that failed, of the item or of the request it was in. */
  failures = 0;
  /** Attempts that failed in a way it may be the cause of, while it was the only item of the request. */
  failuresAlone = 0;
  /** Requests of the run that had been answered when the item first came under suspicion. */
  suspectSince: number | undefined;
  readonly #failed: FailedAttempt[] = [];

  /** The first attempts that failed. */
  get failed(): readonly FailedAttempt[] {
    return this.#failed;
  }

  /** Notes that the item, or the request it was in, failed. */
  remember(error: ClarifaiError): void {
    this.failures += 1;
    if (error.notProcessed !== true) this.mayExist = true;
    if (this.#failed.length === maxRemembered) return;
    const { code, attempts } = error;
    this.#failed.push({ durationMs: 0, code, ...attempts?.at(-1), attempt: this.failures });
  }
}
