import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { GrpcCode } from '../base/grpc-code';
import { ClarifaiError, NotFoundError, ServerError, UnavailableError } from '../base/errors';
import { isAboutItem } from '../operations/bisect';

/**
 * What is to be done about a request that failed as a whole.
 *
 * - `again`: it is a matter of time: the service is away, or asks to slow down
 * - `suspect`: the service failed, maybe over one of the inputs: again, and then in halves
 * - `split`: one of the inputs is wrong, or together they are too much: in halves
 * - `stop`: no request of this run will do better
 */
export type Remedy = 'again' | 'suspect' | 'split' | 'stop';

export function remedyOf(error: unknown): Remedy {
  if (!(error instanceof ClarifaiError)) return 'stop';
  if (isHourlyLimit(error)) return 'again';
  if (isAboutItem(error)) return 'split';
  switch (error.category) {
    case 'throttled':
    case 'notReady':
      return 'again';
    case 'transient':
      return error instanceof UnavailableError || error.notProcessed === true ? 'again' : 'suspect';
    case 'rejected':
      return error.source === 'client' || error instanceof NotFoundError ? 'stop' : 'split';
    case 'fatal':
      return error instanceof ServerError && error.grpcCode !== GrpcCode.UNIMPLEMENTED ? 'suspect' : 'stop';
    case 'auth':
      return 'stop';
  }
}

/** A limit that is lifted within the hour: too long for a call to wait, but not for a run. */
export function isHourlyLimit({ statusCode }: ClarifaiError): boolean {
  return statusCode === StatusCode.CONN_EXCEED_HOURLY_LIMIT;
}
