import type { Input as InputMessage } from '../../generated/proto/clarifai/api/resources';
import type { ClarifaiError } from '../base/errors';

/** What became of an item: an outcome in the making. */
export type Fate =
  | { readonly kind: 'accepted'; readonly input: InputMessage }
  | { readonly kind: 'already-existed'; readonly duplicateOf: number | undefined; readonly error: ClarifaiError }
  | { readonly kind: 'rejected'; readonly error: ClarifaiError }
  | { readonly kind: 'unsent'; readonly reason: unknown };
