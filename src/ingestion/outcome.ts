import type { Input as InputMessage } from '../../generated/proto/clarifai/api/resources';
import type { ClarifaiError } from '../base/errors';
import type { Plain } from '../operations/to-plain';

/** An input as the service keeps it. */
export type Input = Plain<InputMessage>;

/**
 * What became of one item of the source.
 *
 * - `accepted`: the service has the input; downloading and indexing it goes on there
 * - `already-existed`: the app has an input with this id, and this run did not create it
 * - `rejected`: this client or the service refused it, or the request it was in failed after its retries
 * - `unsent`: the run ended before the service answered for it
 */
export type IngestionOutcome =
  | { readonly index: number; readonly id: string | undefined; readonly kind: 'accepted'; readonly input: Input }
  | {
      readonly index: number;
      readonly id: string | undefined;
      readonly kind: 'already-existed' | 'rejected';
      readonly error: ClarifaiError;
    }
  | { readonly index: number; readonly id: string | undefined; readonly kind: 'unsent'; readonly reason: unknown };

/** Counts of a run. Every item read is in exactly one of the four outcomes, or still in progress. */
export interface IngestionProgress {
  /** Items read from the source. */
  readonly read: number;
  readonly accepted: number;
  readonly alreadyExisted: number;
  readonly rejected: number;
  readonly unsent: number;
  /** Items read that have no outcome yet. */
  readonly inProgress: number;
  /** Chunks answered. */
  readonly chunks: number;
  /** Encoded bytes of the inputs in them. */
  readonly bytes: number;
}

/** The counts at the end: `inProgress` is 0, so the four outcomes add up to `read`. */
export interface IngestionSummary extends IngestionProgress {
  readonly durationMs: number;
}
