import type { InputLiteral } from '../inputs/input-like';
import { malformed } from './malformed';
import { BadCell, type RowOptions } from './row';

/**
 * What a row describes, or the error that is rejected in its place.
 *
 * @throws InvalidRequestError the same error, when the run is to stop for it
 */
export function understand(
  place: { readonly file: string; readonly line: number },
  { onMalformed = 'reject' }: RowOptions,
  read: () => InputLiteral,
): InputLiteral | Error {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadCell)) throw error;
    const fault = malformed({ ...place, column: error.column }, error.message, error.cause);
    if (onMalformed === 'stop') throw fault;
    return fault;
  }
}
