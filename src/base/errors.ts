import { brand } from './error-brand';
import type { ClarifaiErrorFields, ErrorCategory, ErrorSource, FailedAttempt } from './error-fields';

/**
 * What every function of this package rejects with, except for an abort, which rejects with the signal's reason.
 * Each derived class is one remedy; match on the class, or on the stable `code`.
 */
export class ClarifaiError extends Error {
  /** Stable name to match on, such as `CONN_THROTTLED`, `UNAVAILABLE` or `INVALID_ARGUMENT`. */
  readonly code: string;
  /** Where the failure was found: the gRPC status, the status in the answer's body, or this client. */
  readonly source: ErrorSource;
  /** What can be done about it; the retry loop asks nothing else. */
  readonly category: ErrorCategory;
  // `declare`: a field that is not known is absent, not undefined, so that it is not printed.
  /** The gRPC status the call ended with; its names are in `GrpcCode`. */
  declare readonly grpcCode?: number;
  /** The status in the body of the answer, or of one item of it; its names are in `StatusCode`. */
  declare readonly statusCode?: number;
  /** The service's id of the request, to quote in a support ticket. */
  declare readonly requestId?: string;
  /** Name of the RPC, such as `PostModelOutputs`. */
  declare readonly method?: string;
  /** What the service said in detail. */
  declare readonly details?: string;
  /** How long the service asked to wait. */
  declare readonly retryAfterMs?: number;
  /** The service certainly did not act on the request. */
  declare readonly notProcessed?: boolean;
  /** Every attempt that failed, in order. */
  declare readonly attempts?: readonly FailedAttempt[];

  static {
    brand(this, 'ClarifaiError');
  }

  constructor(message: string, fields: ClarifaiErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.source = fields.source;
    this.category = fields.category;
    if (fields.grpcCode !== undefined) this.grpcCode = fields.grpcCode;
    if (fields.statusCode !== undefined) this.statusCode = fields.statusCode;
    if (fields.requestId !== undefined) this.requestId = fields.requestId;
    if (fields.method !== undefined) this.method = fields.method;
    if (fields.details !== undefined) this.details = fields.details;
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
    if (fields.notProcessed !== undefined) this.notProcessed = fields.notProcessed;
    if (fields.attempts !== undefined) this.attempts = fields.attempts;
  }

  /** Everything but the stack and the cause. */
  toJSON(): Record<string, unknown> {
    const { name, message } = this;
    return Object.assign<Record<string, unknown>, ClarifaiError>({ name, message }, this);
  }
}

/** The credential is missing, malformed or unknown: give another one. */
export class AuthenticationError extends ClarifaiError {
  static {
    brand(this, 'AuthenticationError');
  }
}

/** The credential is known but not allowed to do this: give it the scope, or use the owner's. */
export class PermissionError extends ClarifaiError {
  static {
    brand(this, 'PermissionError');
  }
}

/** The user, app, model, input or other resource does not exist: check ids, user and app. */
export class NotFoundError extends ClarifaiError {
  static {
    brand(this, 'NotFoundError');
  }
}

/** Something with this id or content is there already. */
export class AlreadyExistsError extends ClarifaiError {
  static {
    brand(this, 'AlreadyExistsError');
  }
}

/** The request is wrong, found by this client (`source` is `client`) or by the service: change the request. */
export class InvalidRequestError extends ClarifaiError {
  static {
    brand(this, 'InvalidRequestError');
  }
}

/** The service asked to slow down, and went on asking: send less, or later. */
export class ThrottledError extends ClarifaiError {
  static {
    brand(this, 'ThrottledError');
  }
}

/** A limit of the plan is used up: waiting a moment does not help. */
export class QuotaError extends ClarifaiError {
  static {
    brand(this, 'QuotaError');
  }
}

/** The model is not loaded yet: wait, or deploy it. */
export class NotReadyError extends ClarifaiError {
  static {
    brand(this, 'NotReadyError');
  }
}

/** The service could not be reached, or went away during the call: check the network and `base`, then try again. */
export class UnavailableError extends ClarifaiError {
  static {
    brand(this, 'UnavailableError');
  }
}

/** The answer did not come in time: give more time, or send less. */
export class DeadlineExceededError extends ClarifaiError {
  static {
    brand(this, 'DeadlineExceededError');
  }
}

/** The service failed: report it with the request id. */
export class ServerError extends ClarifaiError {
  static {
    brand(this, 'ServerError');
  }
}

/** Some of many items failed; only `throwIfFailed` throws it. */
export class PartialFailureError extends ClarifaiError {
  static {
    brand(this, 'PartialFailureError');
  }
}
