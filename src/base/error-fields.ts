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
  /** What it failed of, as the `code` of a `ClarifaiError`. */
  readonly code: string;
  /** The gRPC status it ended with. */
  readonly grpcCode?: number;
  /** The status in the body of the answer. */
  readonly statusCode?: number;
  /** The service's id of this attempt. */
  readonly requestId?: string;
  /** From the start of the attempt to its failure, without the wait that followed. */
  readonly durationMs: number;
}

/** What a `ClarifaiError` is made of besides its message. */
export interface ClarifaiErrorFields {
  /** Stable name to match on, such as `CONN_THROTTLED`, `UNAVAILABLE` or `INVALID_ARGUMENT`. */
  readonly code: string;
  /** Where the failure was found. */
  readonly source: ErrorSource;
  /** What can be done about it. */
  readonly category: ErrorCategory;
  /** The gRPC status the call ended with. */
  readonly grpcCode?: number | undefined;
  /** The status in the body of the answer, or of one item of it. */
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
  /** The error that led to this one. */
  readonly cause?: unknown;
}
