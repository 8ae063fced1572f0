import { GrpcCode, type GrpcCodeName } from '../../../src/base/grpc-code';
import { fromGrpcStatus } from '../../../src/base/to-clarifai-error';

type Row = readonly [code: GrpcCodeName, details: string, category: string, className: string, errorCode?: string];

// Each row is a fault on the wire and what grpc-js 1.14.7 was seen to make of it.
const rows: readonly Row[] = [
  ['INTERNAL', 'Received RST_STREAM with code 0 (Call ended without gRPC status)', 'transient', 'ServerError'],
  ['INTERNAL', 'Received RST_STREAM with code 1', 'transient', 'ServerError'],
  ['INTERNAL', 'Received RST_STREAM with code 13', 'transient', 'ServerError'],
  ['INTERNAL', 'Received RST_STREAM with code 2 (Internal server error)', 'transient', 'ServerError'],
  [
    'INTERNAL',
    'Received RST_STREAM with code 2 triggered by internal client error: read ECONNRESET',
    'transient',
    'ServerError',
  ],
  [
    'INTERNAL',
    'Received RST_STREAM with code 2 triggered by internal client error: 0:error:0A000412:SSL routines:ssl3_read_bytes:SSL alert number 42',
    'fatal',
    'ServerError',
  ],
  ['INTERNAL', 'Session closed with error code 2', 'transient', 'UnavailableError'],
  ['INTERNAL', 'Failed to decompress the response', 'fatal', 'ServerError'],
  ['INTERNAL', 'Received HTTP status code 400', 'fatal', 'ServerError'],
  ['UNAVAILABLE', 'Stream refused by server', 'transient', 'UnavailableError'],
  ['UNAVAILABLE', 'Connection dropped', 'transient', 'UnavailableError'],
  ['UNAVAILABLE', 'read ECONNRESET', 'transient', 'UnavailableError'],
  ['UNAVAILABLE', 'Received HTTP status code 429', 'throttled', 'ThrottledError'],
  ['UNAVAILABLE', 'Received HTTP status code 502', 'transient', 'UnavailableError'],
  ['UNAVAILABLE', 'Received HTTP status code 503', 'transient', 'UnavailableError'],
  ['UNAVAILABLE', 'Received HTTP status code 504', 'transient', 'UnavailableError'],
  [
    'UNAVAILABLE',
    'No connection established. Last error: self-signed certificate. Resolution note: ',
    'fatal',
    'UnavailableError',
    'TLS_FAILED',
  ],
  [
    'UNAVAILABLE',
    'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1',
    'transient',
    'UnavailableError',
  ],
  ['UNAVAILABLE', 'Name resolution failed for target dns:nowhere.invalid:443', 'transient', 'UnavailableError'],
  ['UNKNOWN', 'Received HTTP status code 413', 'rejected', 'InvalidRequestError', 'REQUEST_TOO_LARGE'],
  ['UNKNOWN', 'Received HTTP status code 500', 'transient', 'ServerError'],
  ['UNKNOWN', 'upstream said status: 504', 'transient', 'UnavailableError'],
  ['UNKNOWN', 'something else', 'fatal', 'ServerError'],
  ['UNAUTHENTICATED', 'Received HTTP status code 401', 'auth', 'AuthenticationError'],
  ['PERMISSION_DENIED', 'Received HTTP status code 403', 'auth', 'PermissionError'],
  ['UNIMPLEMENTED', 'Received HTTP status code 404', 'fatal', 'ServerError'],
  ['UNIMPLEMENTED', 'No message received', 'transient', 'ServerError'],
  ['CANCELLED', 'Call cancelled', 'transient', 'UnavailableError'],
  ['CANCELLED', 'Cancelled on client', 'fatal', 'ClarifaiError'],
  ['RESOURCE_EXHAUSTED', 'Bandwidth exhausted or memory limit exceeded', 'throttled', 'ThrottledError'],
  ['RESOURCE_EXHAUSTED', 'the server said so', 'throttled', 'ThrottledError'],
  [
    'RESOURCE_EXHAUSTED',
    'Attempted to send message with a size larger than 1000',
    'rejected',
    'InvalidRequestError',
    'REQUEST_TOO_LARGE',
  ],
  [
    'DEADLINE_EXCEEDED',
    'Deadline exceeded after 1.2s,LB pick: 0.001s,remote_addr=1.2.3.4:443',
    'transient',
    'DeadlineExceededError',
  ],
  ['DEADLINE_EXCEEDED', 'Deadline exceeded after 1.2s,Waiting for LB pick', 'transient', 'DeadlineExceededError'],
  ['NOT_FOUND', 'no', 'rejected', 'NotFoundError'],
  ['ALREADY_EXISTS', 'no', 'rejected', 'AlreadyExistsError'],
  ['INVALID_ARGUMENT', 'no', 'rejected', 'InvalidRequestError'],
  ['ABORTED', 'no', 'transient', 'UnavailableError'],
  ['DATA_LOSS', 'no', 'fatal', 'ServerError'],
];

const maxReceiveBytes = 135266304;

/** Who says that a message is too large, and in which words. */
const tooLarge: readonly (readonly [who: string, details: string, errorCode: string])[] = [
  ['this client', 'Received message larger than max (200000000 vs 135266304)', 'RESPONSE_TOO_LARGE'],
  ['this client', 'Received message that decompresses to a size larger than 135266304', 'RESPONSE_TOO_LARGE'],
  ['this client', 'Attempted to send message with a size larger than 1000', 'REQUEST_TOO_LARGE'],
  ['grpc-js at the service', 'Received message larger than max (5000000 vs 4194304)', 'REQUEST_TOO_LARGE'],
  ['grpc-js at the service', 'Received message that decompresses to a size larger than 4194304', 'REQUEST_TOO_LARGE'],
  ['grpc-js at the service', 'Sent message larger than max (5000000 vs. 4194304)', 'RESPONSE_TOO_LARGE'],
  ['grpc-go at the service', 'grpc: received message larger than max (437060142 vs. 134217728)', 'REQUEST_TOO_LARGE'],
  ['grpc-go of the same limit', 'grpc: received message larger than max (2 vs. 135266304)', 'REQUEST_TOO_LARGE'],
  [
    'grpc-go at the service',
    'grpc: received message after decompression larger than max (2 vs. 1)',
    'REQUEST_TOO_LARGE',
  ],
  ['grpc-go at the service', 'trying to send message larger than max (2 vs. 1)', 'RESPONSE_TOO_LARGE'],
  ['gRPC of C++ at the service', 'SERVER: Received message larger than max (2 vs. 1)', 'REQUEST_TOO_LARGE'],
  ['gRPC of C++ at the service', 'Received message larger than max (2 vs. 135266304)', 'REQUEST_TOO_LARGE'],
  ['gRPC of Java at the service', 'gRPC message exceeds maximum size 4194304: 5000000', 'REQUEST_TOO_LARGE'],
];

describe('a message that is too large', () => {
  test.each(tooLarge)('in the words of %s, "%s", is %s, and no wish to slow down', (_who, details, errorCode) => {
    const error = fromGrpcStatus({ code: GrpcCode.RESOURCE_EXHAUSTED, details }, { maxReceiveBytes });
    expect(error).toMatchObject({ name: 'InvalidRequestError', category: 'rejected', code: errorCode, details });
  });
});

describe('a gRPC failure', () => {
  test.each(
    rows.map(([code, details, category, name, errorCode = code]) => ({ code, details, category, name, errorCode })),
  )('$code "$details" is $category, a $name', ({ code, details, category, name, errorCode }) => {
    const grpcCode = GrpcCode[code];
    expect(fromGrpcStatus({ code: grpcCode, details })).toMatchObject({
      name,
      category,
      code: errorCode,
      grpcCode,
      source: 'grpc',
      details,
    });
  });

  test.each<[GrpcCodeName, string, boolean | undefined]>([
    ['UNAVAILABLE', 'Stream refused by server', true],
    ['UNAVAILABLE', 'No connection established. Last error: connect ECONNREFUSED', true],
    ['UNAVAILABLE', 'Name resolution failed for target dns:nowhere', true],
    ['UNAVAILABLE', 'Received HTTP status code 429', true],
    ['DEADLINE_EXCEEDED', 'Deadline exceeded after 1s,waiting for name resolution', true],
    ['DEADLINE_EXCEEDED', 'Deadline exceeded after 1s,LB pick: 0.001s,remote_addr=1.2.3.4:443', undefined],
    ['UNAVAILABLE', 'Connection dropped', undefined],
    ['INTERNAL', 'Received RST_STREAM with code 0 (Call ended without gRPC status)', undefined],
    ['RESOURCE_EXHAUSTED', 'the server said so', undefined],
  ])('%s "%s": certain that the service did not act: %p', (code, details, notProcessed) => {
    expect(fromGrpcStatus({ code: GrpcCode[code], details }).notProcessed).toBe(notProcessed);
  });
});
