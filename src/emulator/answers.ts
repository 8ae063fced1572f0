import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import type { Status } from '../../generated/proto/clarifai/api/status/status';
import type { DeepPartial } from '../wire/codec';

/** A status as handlers write it; the request id is added when the answer leaves. */
export type AnswerStatus = DeepPartial<Status> & { readonly code: StatusCode };

/** The service's own words for the codes that the emulator answers. */
const descriptions: Partial<Record<StatusCode, string>> = {
  [StatusCode.SUCCESS]: 'Ok',
  [StatusCode.MIXED_STATUS]: 'Mixed Success',
  [StatusCode.FAILURE]: 'Failure',
  [StatusCode.CONN_THROTTLED]: 'Making too many requests',
  [StatusCode.CONN_INSUFFICIENT_SCOPES]: 'API key has insufficient scopes',
  [StatusCode.CONN_KEY_INVALID]: 'Invalid API key or Invalid API key/application pair',
  [StatusCode.CONN_KEY_NOT_FOUND]: 'API key not found',
  [StatusCode.CONN_DOES_NOT_EXIST]: 'Resource does not exist',
  [StatusCode.CONN_INVALID_REQUEST]: 'Invalid request',
  [StatusCode.MODEL_TRAINED]: 'Model is trained and ready for deployment',
  [StatusCode.MODEL_UNTRAINED]: 'Model has not been trained',
  [StatusCode.MODEL_DEPLOYING]: 'Model is deploying',
  [StatusCode.MODEL_LOADING]: 'Model is loading',
  [StatusCode.MODEL_BUSY_PLEASE_RETRY]:
    'Model is saturated with active requests. Retry the request after a short delay.',
  [StatusCode.MODEL_DOES_NOT_EXIST]: 'Model does not exist',
  [StatusCode.MODEL_INVALID_ARGUMENT]: 'Invalid model argument',
  [StatusCode.ANNOTATION_SUCCESS]: 'Annotation successfully processed',
  [StatusCode.ANNOTATION_INVALID_ARGUMENT]: 'Invalid argument for annotation',
  [StatusCode.INPUT_SUCCESS]: 'Download complete',
  [StatusCode.INPUT_PENDING]: 'Download pending',
  [StatusCode.INPUT_IN_PROGRESS]: 'Download in progress',
  [StatusCode.INPUT_FAILED]: 'Download failed; check URL',
  [StatusCode.INPUT_UNSUPPORTED_FORMAT]: 'Input format unsupported',
  [StatusCode.INPUT_INVALID_ARGUMENT]: 'Input invalid argument',
  [StatusCode.INPUT_OVER_LIMIT]: 'Input over limit',
  [StatusCode.INPUT_INVALID_REQUEST]: 'Invalid request',
  [StatusCode.PREDICT_INVALID_REQUEST]: 'Invalid request',
  [StatusCode.CONCEPTS_INVALID_REQUEST]: 'Invalid request',
  [StatusCode.DATABASE_DUPLICATE_KEY]: 'Object has a duplicate ID; another object with same ID already exist.',
  [StatusCode.JOB_QUEUED]: 'Job is queued to be ran.',
  [StatusCode.JOB_RUNNING]: 'Job is running.',
  [StatusCode.JOB_COMPLETED]: 'Job successfully ran.',
  [StatusCode.JOB_FAILED]: 'Job failed.',
};

/** What the service says beside CONN_THROTTLED. */
export const throttledDetails = 'exceeded limit of 15 requests per second';

export function status(
  code: StatusCode,
  details?: string,
  description: string | undefined = descriptions[code],
): AnswerStatus {
  return { code, description: description ?? StatusCode[code], ...(details !== undefined && { details }) };
}

export const success: AnswerStatus = status(StatusCode.SUCCESS);

/** Statuses of the items of one call, as the call's own status. */
export function summarize(items: readonly (AnswerStatus | undefined)[]): AnswerStatus {
  const failed = items.filter((item) => item !== undefined && isFailure(item.code)).length;
  if (failed === 0) return success;
  return status(failed === items.length ? StatusCode.FAILURE : StatusCode.MIXED_STATUS);
}

const itemSuccesses: ReadonlySet<StatusCode> = new Set([
  StatusCode.SUCCESS,
  StatusCode.INPUT_SUCCESS,
  StatusCode.INPUT_PENDING,
  StatusCode.INPUT_IN_PROGRESS,
  StatusCode.ANNOTATION_SUCCESS,
  StatusCode.ANNOTATION_PENDING,
  StatusCode.ANNOTATION_AWAITING_REVIEW,
  StatusCode.ANNOTATION_AWAITING_CONSENSUS_REVIEW,
  StatusCode.ANNOTATION_REVIEW_DENIED,
]);

export function isFailure(code: StatusCode): boolean {
  return !itemSuccesses.has(code);
}

/** Thrown by a handler that cannot do what was asked: the call succeeds in gRPC's eyes and its body carries the status. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly status: AnswerStatus) {
    super(`${StatusCode[status.code]}: ${status.details ?? ''}`);
  }
}

/** Ends a handler with a status: `throw refuse(StatusCode.CONN_DOES_NOT_EXIST)`. */
export function refuse(code: StatusCode, details?: string, description?: string): Refusal {
  return new Refusal(status(code, details, description));
}
