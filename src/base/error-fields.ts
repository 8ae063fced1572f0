/** Where a failure was found: the gRPC status, the status in the response's body, or this client before any call. */
export type ErrorSource = 'grpc' | 'status' | 'client';

/**
 * What a caller, and the retry loop, can do about a failure.
 *
 * - `transient`: the same request may succeed in a moment
 * - `throttled`: the same request may succeed when sent more slowly
 * - `notReady`: the model is being loaded; the same request will succeed once it is
 * - `rejected`: the request itself is wrong
 * - `auth`: the credential is missing, wrong or not allowed to do this
 * - `fatal`: trying again will not help, and neither will another request
 */
export type ErrorCategory = 'transient' | 'throttled' | 'notReady' | 'rejected' | 'auth' | 'fatal';

/** One attempt of a call that failed, as the final error lists it. */
export interface FailedAttempt {
  /** Counts from 1. */
  readonly attempt: number;
  readonly code: string;
  readonly grpcCode?: number;
  readonly statusCode?: number;
  readonly requestId?: string;
  readonly durationMs: number;
}

export interface ClarifaiErrorFields {
  /** Stable name to match on, such as `CONN_THROTTLED`, `UNAVAILABLE` or `INVALID_ARGUMENT`. */
  readonly code: string;
  readonly source: ErrorSource;
  readonly category: ErrorCategory;
  readonly grpcCode?: number | undefined;
  readonly statusCode?: number | undefined;
  /** The service's id of the request, to quote in a support ticket. */
  readonly requestId?: string | undefined;
  /** Name of the RPC, such as `PostModelOutputs`. */
  readonly method?: string | undefined;
  /** `status.details` of the answer, or the details of the gRPC status. */
  readonly details?: string | undefined;
  /** How long the service asked to wait. */
  readonly retryAfterMs?: number | undefined;
  /** The service certainly did not act on the request, so that even a request that is not idempotent may be sent again. */
  readonly notProcessed?: boolean | undefined;
  /** Every attempt that failed, in order. */
  readonly attempts?: readonly FailedAttempt[] | undefined;
  readonly cause?: unknown;
}
