import { ServerError } from '../base/errors';

/** The error for an answer that does not hold one item for each input: which is missing cannot be told. */
export function answersMissing(method: string, expected: number, got: number): ServerError {
  return new ServerError(`${method}: expected one answer for each of ${expected} inputs, got ${got}`, {
    code: 'ANSWERS_MISSING',
    source: 'client',
    category: 'fatal',
    method,
  });
}
