import type { IngestionOutcome } from '../../index';
import { plainError } from '../shell/plain-error';

/**
 * An outcome as a line of JSON: the names are an interface, which is added to and never changed.
 *
 * @param input what the source calls the item, such as the path of a file
 */
export function outcomeJson(outcome: IngestionOutcome, input: string | undefined): object {
  const { index, id, kind, resumed } = outcome;
  const error =
    'error' in outcome ? plainError(outcome.error, input) : 'reason' in outcome ? outcome.reason : undefined;
  return { index, input, id, kind, resumed, error };
}

/** What went wrong with an item, in a line; undefined when nothing did. */
export function problemOf(outcome: IngestionOutcome, input: string | undefined): string | undefined {
  if (outcome.kind !== 'rejected' && outcome.kind !== 'dead-lettered') return undefined;
  const name = input ?? outcome.id;
  return `${name === undefined ? '' : `${name}: `}${plainError(outcome.error, input).message}`;
}
