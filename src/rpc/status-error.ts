import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { ClarifaiError } from '../base/errors';
import { fromStatus } from '../base/to-clarifai-error';

/** What is looked at in an answer. */
interface Answer {
  readonly status: Status | undefined;
}

/**
 * The error that the status in an answer's body calls for: a NotFoundError, a ThrottledError and so on, with `code`,
 * `statusCode` and `requestId`. It is returned, not thrown, and asked for when the status is known to be none of success.
 *
 * @param message says what failed; without it the status is told in the usual words
 * @example
 * const response = await stub.PostInputs(request);
 * if (response.status?.code !== StatusCode.SUCCESS) throw statusError(response);
 * @public
 */
export function statusError({ status }: Answer, message?: string): ClarifaiError {
  const error =
    status === undefined
      ? new ClarifaiError('The answer carries no status', {
          code: 'STATUS_MISSING',
          source: 'status',
          category: 'fatal',
        })
      : fromStatus(status);
  if (message === undefined) return error;
  // The class is one of ClarifaiError's own, all of which are made alike.
  const ErrorClass = error.constructor as typeof ClarifaiError;
  return new ErrorClass(message, error);
}
