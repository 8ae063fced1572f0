import type { Input as InputMessage } from '../../generated/proto/clarifai/api/resources';
import type { ClarifaiError } from '../base/errors';

/** What became of an item: an outcome in the making. `resumed` when an earlier run of the journal may have told it. */
export type Fate = { readonly resumed?: true } & (
  | { readonly kind: 'accepted' | 'confirmed'; readonly input: InputMessage }
  | { readonly kind: 'already-existed'; readonly duplicateOf: number | undefined; readonly error: ClarifaiError }
  | { readonly kind: 'rejected' | 'dead-lettered'; readonly error: ClarifaiError }
  | { readonly kind: 'unsent'; readonly reason: unknown }
);

/** The fate of an item that the service has taken. */
export type Accepted = Extract<Fate, { readonly kind: 'accepted' | 'confirmed' }>;

/** The fate of an item that was given up. */
export type Refusal = Extract<Fate, { readonly kind: 'rejected' | 'dead-lettered' }>;
