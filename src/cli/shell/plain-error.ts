import { InvalidRequestError } from '../../index';

const ofInput = /^Expected `inputs\[\d+\](?:\.file)?` to be (.+?)(?: \(or give it as .*?\))?(, got `"?([^]*?)"?` .*)$/s;

/**
 * The error of an input as whoever named the input reads it: that it is the client's `inputs[3]`, and how else it could be given
 * in code, say nothing to them.
 *
 * @param name of the input, which is told beside the error, and not in it once more
 */
export function plainError<Failure extends Error>(error: Failure, name = ''): Failure | InvalidRequestError {
  if (!(error instanceof InvalidRequestError) || error.source !== 'client') return error;
  const { code, source, category, cause } = error;
  const message = error.message
    .replace(ofInput, (_all, expected: string, got: string, value: string) =>
      name !== '' && value.endsWith(name) ? `Expected ${expected}` : `Expected ${expected}${got}`,
    )
    .replace(/`inputs\[\d+\]\./, '`');
  return new InvalidRequestError(message, { code, source, category, cause });
}
