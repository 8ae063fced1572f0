import type { FailedAttempt } from '../base/error-fields';
import type { ClarifaiError } from '../base/errors';
import type { Item } from './item';
import type { Suspicion } from './suspicions';

/** Failed attempts that are remembered, to tell of them when the item is given up. */
const maxRemembered = 10;

/** What an item went through. Most go through nothing. */
export class Trouble {
  /** Whether an attempt that may have created the input was left without an answer. */
  mayExist = false;
  /** Whether an earlier run of the journal may have sent it. */
  isResumed = false;
  /** Whether the app has an input with its id, whose data it is to replace. */
  overwrites = false;
  /** Items with the same id that wait for what becomes of it. */
  readonly twins: Item[] = [];
  /** Set when it is sent in place of another with the same id: what that was a duplicate of. */
  place: { readonly duplicateOf: number | undefined } | undefined;
  /** Attempts that failed, of the item or of the request it was in. */
  failures = 0;
  /** Set since a request failed in a way that the item may be the cause of. */
  suspicion: Suspicion | undefined;
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
