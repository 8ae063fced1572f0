import { GrpcCode } from './grpc-code';
import type { Failure } from './situation';

/** What each gRPC code means to a caller when its details say no more. OK is a failure here: it came without an answer. */
const failureOfGrpcCode: Readonly<Record<GrpcCode, Failure>> = {
  [GrpcCode.OK]: 'hiccup',
  [GrpcCode.CANCELLED]: 'unavailable',
  [GrpcCode.UNKNOWN]: 'server',
  [GrpcCode.INVALID_ARGUMENT]: 'invalid',
  [GrpcCode.DEADLINE_EXCEEDED]: 'timeout',
  [GrpcCode.NOT_FOUND]: 'notFound',
  [GrpcCode.ALREADY_EXISTS]: 'alreadyExists',
  [GrpcCode.PERMISSION_DENIED]: 'permission',
  [GrpcCode.RESOURCE_EXHAUSTED]: 'overloaded',
  [GrpcCode.FAILED_PRECONDITION]: 'invalid',
  [GrpcCode.ABORTED]: 'unavailable',
  [GrpcCode.OUT_OF_RANGE]: 'invalid',
  [GrpcCode.UNIMPLEMENTED]: 'server',
  [GrpcCode.INTERNAL]: 'server',
  [GrpcCode.UNAVAILABLE]: 'unavailable',
  [GrpcCode.DATA_LOSS]: 'server',
  [GrpcCode.UNAUTHENTICATED]: 'authentication',
};

/** What made a gRPC call fail, where the code alone does not tell. */
export interface GrpcFailure {
  readonly failure: Failure;
  /** Name to match on, where the gRPC code would mislead. */
  readonly code?: string;
}

interface Rule extends GrpcFailure {
  readonly grpcCode: GrpcCode;
  readonly details: RegExp;
}

// The texts are grpc-js's own (1.14.7, measured with one server per fault); test/faults holds them to the installed release.
// Among the rules of one code the first that matches holds.
const rules: readonly Rule[] = [
  { grpcCode: GrpcCode.CANCELLED, details: /^Cancelled on client/, failure: 'cancelled' },

  { grpcCode: GrpcCode.UNKNOWN, details: /HTTP status code 413/, failure: 'invalid', code: 'REQUEST_TOO_LARGE' },
  { grpcCode: GrpcCode.UNKNOWN, details: /HTTP status code 5\d\d/, failure: 'hiccup' },
  { grpcCode: GrpcCode.UNKNOWN, details: /status: 50[234]/, failure: 'unavailable' },

  {
    grpcCode: GrpcCode.DEADLINE_EXCEEDED,
    details: /waiting for (name resolution|LB pick)/i,
    failure: 'unreachedInTime',
  },

  // The same message is too large every time. What another gRPC received was the request; grpc-js's own words may be either's.
  {
    grpcCode: GrpcCode.RESOURCE_EXHAUSTED,
    details: /^(grpc: )?(sent|trying to send) message larger than max/i,
    failure: 'invalid',
    code: 'RESPONSE_TOO_LARGE',
  },
  {
    grpcCode: GrpcCode.RESOURCE_EXHAUSTED,
    details: /message (.*larger than|exceeds maximum size)/i,
    failure: 'invalid',
    code: 'REQUEST_TOO_LARGE',
  },

  // A proxy that cut the answer off, not a method that does not exist.
  { grpcCode: GrpcCode.UNIMPLEMENTED, details: /^No message received/, failure: 'hiccup' },

  { grpcCode: GrpcCode.INTERNAL, details: /SSL alert number/, failure: 'server' },
  { grpcCode: GrpcCode.INTERNAL, details: /RST_STREAM with code \d+/, failure: 'hiccup' },
  { grpcCode: GrpcCode.INTERNAL, details: /triggered by internal client error/, failure: 'hiccup' },
  { grpcCode: GrpcCode.INTERNAL, details: /Session closed with error code/, failure: 'unavailable' },

  { grpcCode: GrpcCode.UNAVAILABLE, details: /HTTP status code 429/, failure: 'throttled' },
  { grpcCode: GrpcCode.UNAVAILABLE, details: /^Stream refused by server/, failure: 'unreached' },
  {
    grpcCode: GrpcCode.UNAVAILABLE,
    details: /certificate|SSL alert number|wrong version number|packet length too long/i,
    failure: 'outOfService',
    code: 'TLS_FAILED',
  },
  {
    grpcCode: GrpcCode.UNAVAILABLE,
    details: /^(No connection established|Name resolution failed|Channel closed before call started)/,
    failure: 'unreached',
  },
];

// As grpc-js writes it, whose server says the same of a request: the limit tells whose it is.
const received = /^Received message (?:larger than max \(\d+ vs|that decompresses to a size larger than) (\d+)\)?$/;

/**
 * Reads a gRPC status as what it means: several faults share one code, and grpc-js tells them apart only in its texts.
 *
 * @param maxReceiveBytes this client's own limit
 */
export function toGrpcFailure(grpcCode: number, details: string, maxReceiveBytes?: number): GrpcFailure {
  if (grpcCode === GrpcCode.RESOURCE_EXHAUSTED && received.exec(details)?.[1] === String(maxReceiveBytes)) {
    return { failure: 'invalid', code: 'RESPONSE_TOO_LARGE' };
  }
  const rule = rules.find((one) => one.grpcCode === grpcCode && one.details.test(details));
  return rule ?? { failure: failureOfGrpcCode[grpcCode as GrpcCode] ?? 'server' };
}
