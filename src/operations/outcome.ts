import { assertArray } from '../base/assert';
import { type ClarifaiError, PartialFailureError } from '../base/errors';

/** What became of one input: `index` is its place in the caller's inputs, `id` the id that was given or made. */
export type Outcome<T> =
  | { readonly index: number; readonly id: string | undefined; readonly ok: true; readonly value: T }
  | { readonly index: number; readonly id: string | undefined; readonly ok: false; readonly error: ClarifaiError };

/**
 * Returns the values of outcomes that all succeeded, in their order.
 *
 * @throws PartialFailureError when one or more failed; it says how many, and why the first ones did
 * @example
 * const outputs = throwIfFailed(await clarifai.postModelOutputs({ model, inputs }));
 */
export function throwIfFailed<T>(outcomes: readonly Outcome<T>[]): T[] {
  assertArray(outcomes, 'outcomes', 'an array of outcomes (await the call first)');
  const values: T[] = [];
  const failed: { index: number; id: string | undefined; error: ClarifaiError }[] = [];
  for (const outcome of outcomes) {
    if (outcome.ok) values.push(outcome.value);
    else failed.push(outcome);
  }
  const [first] = failed;
  if (first === undefined) return values;
  const shown = failed.slice(0, 3).map(({ index, error }) => `[${index}] ${error.message}`);
  const more = failed.length > shown.length ? `; and ${failed.length - shown.length} more` : '';
  throw new PartialFailureError(`${failed.length} of ${outcomes.length} inputs failed: ${shown.join('; ')}${more}`, {
    code: 'PARTIAL_FAILURE',
    source: first.error.source,
    category: first.error.category,
    method: first.error.method,
    cause: first.error,
  });
}
