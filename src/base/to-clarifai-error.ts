import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { adviceFor } from './advice';
import type { Clock } from './clock';
import type { ClarifaiErrorFields, ErrorCategory } from './error-fields';
import { ClarifaiError } from './errors';
import { grpcCodeName } from './grpc-code';
import { redact } from './redact';
import type { ReceivedMetadata } from './received-metadata';
import { toRetryAfter } from './retry-after';
import { type Failure, isFailure, type Situation, traitsOf } from './situation';
import { toGrpcFailure } from './situation-of-grpc-code';
import { situationOfStatusCode } from './situation-of-status-code';

/** What is known about a call when it fails. */
export interface ErrorContext {
  /** Name of the RPC. */
  readonly method?: string | undefined;
  readonly requestId?: string | undefined;
  /** What came with the answer, for the wait it may ask for. */
  readonly metadata?: ReceivedMetadata | undefined;
  /** Takes the caller's own credential out of a text, beyond what `redact` finds without knowing it. */
  readonly redact?: ((text: string) => string) | undefined;
  /** The client's own limit, which tells an answer that it refused from a request that the service refused. */
  readonly maxReceiveBytes?: number | undefined;
  /** Against which the date of a `retry-after` is held. */
  readonly clock?: Clock | undefined;
  readonly cause?: unknown;
}

/** A gRPC status as grpc-js hands it out, its metadata flattened. */
export interface GrpcStatus {
  readonly code: number;
  readonly details: string;
  readonly metadata?: ReceivedMetadata | undefined;
}

/** The error for a call that ended with a gRPC status. */
export function fromGrpcStatus(status: GrpcStatus, context: ErrorContext = {}): ClarifaiError {
  const { failure, code } = toGrpcFailure(status.code, status.details, context.maxReceiveBytes);
  return failed(failure, {
    code: code ?? grpcCodeName(status.code) ?? `GRPC_${status.code}`,
    source: 'grpc',
    grpcCode: status.code,
    description: status.details,
    details: status.details,
    context: { ...context, metadata: status.metadata ?? context.metadata },
  });
}

/** The error for a status in the body of an answer, or of one item of it. */
export function fromStatus(status: Status, context: ErrorContext = {}): ClarifaiError {
  const situation = situationOf(status.code);
  const { description, details, redirectInfo } = status;
  const movedTo = redirectInfo === undefined ? '' : `It is now \`${redirectInfo.newResourceId}\` (${redirectInfo.url})`;
  return failed(isFailure(situation) ? situation : 'server', {
    code: statusCodeName(status.code),
    source: 'status',
    statusCode: status.code,
    description: [description, details, movedTo]
      .filter((text, at, all) => text !== '' && all.indexOf(text) === at)
      .join(': '),
    details: details === '' ? description : details,
    context: { ...context, requestId: status.reqId === '' ? context.requestId : status.reqId },
  });
}

/** The error for one item of an answer, whose own status does not say which request it was in. */
export function fromItemStatus(status: Status, answer: Status | undefined, context: ErrorContext): ClarifaiError {
  return fromStatus(
    status,
    answer === undefined || answer.reqId === '' ? context : { requestId: answer.reqId, ...context },
  );
}

/** Any thrown value as a ClarifaiError: itself when it is one, a gRPC error by its code, and all else as a failure of this client. */
export function toClarifaiError(error: unknown, context: ErrorContext = {}): ClarifaiError {
  if (error instanceof ClarifaiError) return error;
  if (isGrpcError(error)) {
    const { code, details } = error;
    return fromGrpcStatus({ code, details, metadata: flatten(error) }, { ...context, cause: error });
  }
  const message = redact(error instanceof Error ? error.message : String(error));
  const where = context.method === undefined ? '' : `${context.method} `;
  return new ClarifaiError(`${where}UNEXPECTED: ${context.redact?.(message) ?? message}`, {
    code: 'UNEXPECTED',
    source: 'client',
    category: 'fatal',
    method: context.method,
    cause: error,
  });
}

/** What a StatusCode says; a value newer than this package is a failure of the service. */
export function situationOf(statusCode: number): Situation {
  const situations: Readonly<Record<number, Situation>> = situationOfStatusCode;
  return situations[statusCode] ?? 'server';
}

/** The name of a StatusCode; of two names for one number the one that is not deprecated. */
export function statusCodeName(statusCode: number): string {
  // The enum's own reverse mapping holds the last of the names, which is the deprecated one.
  const named = Object.entries(StatusCode).find(([, value]) => value === statusCode);
  return named?.[0] ?? `STATUS_${statusCode}`;
}

interface FailedCall extends Pick<ClarifaiErrorFields, 'code' | 'source' | 'grpcCode' | 'statusCode' | 'details'> {
  readonly description: string;
  readonly context: ErrorContext;
}

function failed(failure: Failure, { description, context, ...fields }: FailedCall): ClarifaiError {
  const { category, errorClass, notProcessed } = traitsOf(failure);
  const { method, requestId, cause } = context;
  const clean = (text: string): string => redact(context.redact?.(text) ?? text);
  const retryAfter = toRetryAfter(context.metadata, context.clock);
  const advice = adviceFor(fields.code, description);
  const message = [
    `${method === undefined ? '' : `${method} `}${fields.code}: ${clean(description).replace(/\.$/, '')}`,
    requestId === undefined ? '' : ` (req ${requestId})`,
    advice === undefined ? '' : `. ${advice}`,
  ].join('');
  return new errorClass(message, {
    ...fields,
    category: retryAfter === 'never' ? withoutRetry(category) : category,
    details: fields.details === undefined ? undefined : clean(fields.details),
    retryAfterMs: retryAfter === 'never' ? undefined : retryAfter,
    method,
    requestId,
    notProcessed,
    cause,
  });
}

/** The service asked not to come again, whatever happened. */
function withoutRetry(category: ErrorCategory): ErrorCategory {
  return category === 'rejected' || category === 'auth' ? category : 'fatal';
}

/** By shape: the error may come from another copy of grpc-js. */
function isGrpcError(error: unknown): error is Error & { readonly code: number; readonly details: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'number' &&
    'details' in error &&
    typeof error.details === 'string'
  );
}

/** The metadata of a grpc-js error, if it has any. */
function flatten(error: object): ReceivedMetadata | undefined {
  if (!('metadata' in error)) return undefined;
  const { metadata } = error as { readonly metadata?: { readonly getMap?: () => ReceivedMetadata } };
  return metadata?.getMap?.();
}
