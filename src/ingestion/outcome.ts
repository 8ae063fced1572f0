import type { Input as InputMessage } from '../../generated/proto/clarifai/api/resources';
import type { ClarifaiError } from '../base/errors';
import { type Plain, toPlain } from '../operations/to-plain';
import { wholeInput } from '../inputs/posted-inputs';
import type { Fate } from './fate';

/** An input as the service keeps it. */
export interface Input extends Plain<InputMessage> {}

interface Place {
  /** Place in the source, from 0. */
  readonly index: number;
  /** Id of the input; `undefined` when none could be made. */
  readonly id: string | undefined;
  /**
   * An earlier run of the same journal may have told this outcome, or was stopped before it could. An `input` is then as it
   * was sent, when it was not sent again, and an `error` says no more than what became of the item.
   */
  readonly resumed?: true;
}

/**
 * What became of one item of the source.
 *
 * - `accepted`: the service has the input; downloading and indexing it goes on there. With `ack: 'confirmed'` only of what
 *   the service was not done with when the run ended early
 * - `confirmed`: with `ack: 'confirmed'`, the service has downloaded and indexed the input
 * - `already-existed`: the app has an input with this id or URL, and this item did not create it; `duplicateOf` is the
 *   place of the first item with its id, when this run has read and sent one
 * - `rejected`: this client or the service refused it, or its attempts are used up
 * - `dead-lettered`: rejected, and written to the file that `deadLetters` names
 * - `unsent`: the run ended before the service answered for it
 */
export type IngestionOutcome =
  | (Place & { readonly kind: 'accepted' | 'confirmed'; readonly input: Input })
  | (Place & {
      readonly kind: 'already-existed';
      readonly duplicateOf: number | undefined;
      readonly error: ClarifaiError;
    })
  | (Place & { readonly kind: 'rejected' | 'dead-lettered'; readonly error: ClarifaiError })
  | (Place & { readonly kind: 'unsent'; readonly reason: unknown });

export function toOutcome(index: number, id: string | undefined, fate: Fate): IngestionOutcome {
  return 'input' in fate
    ? { index, id, kind: fate.kind, input: toPlain(wholeInput(fate.input)), ...(fate.resumed && { resumed: true }) }
    : { index, id, ...fate };
}

/** Counts of a run. Every item read is in exactly one of the outcomes, or still in progress. */
export interface IngestionProgress {
  /** Items read from the source. */
  readonly read: number;
  /** Inputs that the service has. */
  readonly accepted: number;
  /** Inputs that the service has downloaded and indexed; with `ack: 'confirmed'`. */
  readonly confirmed: number;
  /** Items whose input was in the app before. */
  readonly alreadyExisted: number;
  /** Items that this client or the service refused. */
  readonly rejected: number;
  /** Rejected items that were written to the file of dead letters, and do not count as `rejected`. */
  readonly deadLettered: number;
  /** Items that the service did not answer for before the run ended. */
  readonly unsent: number;
  /** Items read that have no outcome yet. */
  readonly inProgress: number;
  /** Outcomes, of whatever kind, that an earlier run of the same journal may have told. */
  readonly resumed: number;
  /** Chunks answered. */
  readonly chunks: number;
  /** Encoded bytes of the inputs in them. */
  readonly bytes: number;
  /** How full they were on average, from 0 to 1: the share of 128 inputs, or of `chunkBytes` when that is more. */
  readonly fillRate: number;
  /** Items that were sent again. */
  readonly retries: number;
  /** Requests that the service answered by asking to slow down. */
  readonly throttled: number;
  /** Calls of `ack`, `nack` and `extend` of a `Source` that failed. */
  readonly acksFailed: number;
  /** How many items were rejected, dead-lettered or existed already, by the code of their error. */
  readonly errors: Readonly<Record<string, number>>;
}

/** The counts at the end: `inProgress` is 0, so the outcomes add up to `read`. */
export interface IngestionSummary extends IngestionProgress {
  /** Milliseconds that the run took. */
  readonly durationMs: number;
}
