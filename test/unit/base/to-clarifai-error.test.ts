import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { ClarifaiError, UnavailableError } from '../../../src/base/errors';
import { GrpcCode } from '../../../src/base/grpc-code';
import { fromGrpcStatus, fromStatus, toClarifaiError } from '../../../src/base/to-clarifai-error';

type Status = Parameters<typeof fromStatus>[0];

function status(code: StatusCode, fields: Partial<Status> = {}): Status {
  return {
    code,
    description: '',
    details: '',
    stackTrace: [],
    percentCompleted: 0,
    timeRemaining: 0,
    reqId: '',
    internalDetails: '',
    redirectInfo: undefined,
    developerNotes: '',
    ...fields,
  };
}

describe('an error message', () => {
  test('names RPC and code, says what the service said, quotes the request id, and advises', () => {
    const error = fromStatus(
      status(StatusCode.MODEL_DOES_NOT_EXIST, {
        description: 'Model does not exist',
        details: 'Model does not exist',
        reqId: 'abc',
      }),
      { method: 'PostModelOutputs' },
    );
    expect(error.message).toMatch(
      /^PostModelOutputs MODEL_DOES_NOT_EXIST: Model does not exist \(req abc\)\. Check the id, and that `userId` and `appId`/,
    );
    expect(error).toMatchObject({ requestId: 'abc', method: 'PostModelOutputs', details: 'Model does not exist' });
  });

  test.each<[string, StatusCode, string, RegExp]>([
    [
      'a missing or malformed key',
      StatusCode.CONN_INVALID_REQUEST,
      'Empty or malformed authorization header.',
      /CLARIFAI_PAT/,
    ],
    ['a key of a wrong format', StatusCode.CONN_KEY_INVALID, 'Invalid format of key.', /32 hexadecimal digits/],
    [
      'a PAT without user and app',
      StatusCode.CONN_KEY_INVALID,
      'Must provide app external ID in API authorizer',
      /give `userId` and `appId`/,
    ],
    ['the key of an app where a PAT is needed', StatusCode.CONN_KEY_INVALID, '', /personal access token/],
    ['an unknown key', StatusCode.CONN_KEY_NOT_FOUND, 'invalid key', /well-formed but unknown/],
    ['missing scopes', StatusCode.CONN_INSUFFICIENT_SCOPES, '', /scopes/],
    ['an unknown model', StatusCode.MODEL_DOES_NOT_EXIST, '', /clarifai.com URL/],
    ['over 128 inputs to add', StatusCode.INPUT_INVALID_REQUEST, 'too many inputs: 129', /at most 128 inputs.*chunk/],
    ['over 128 inputs to predict', StatusCode.PREDICT_INVALID_REQUEST, 'maximum is 128', /at most 128 inputs/],
    ['throttling', StatusCode.CONN_THROTTLED, 'exceeded limit of 15 requests per second', /15 requests a second/],
    ['a used up plan', StatusCode.CONN_EXCEED_MONTHLY_LIMIT, '', /limits of the plan/],
    ['a model that is not loaded', StatusCode.MODEL_LOADING, '', /notReadyMs/],
  ])('says what to do next about %s', (_, code, details, advice) => {
    expect(fromStatus(status(code, { details })).message).toMatch(advice);
  });

  test.each<[string, number, string, RegExp]>([
    [
      'a service that is not there',
      GrpcCode.UNAVAILABLE,
      'No connection established. Last error: connect ECONNREFUSED',
      /check the network and `base`/i,
    ],
    [
      'a certificate that is not trusted',
      GrpcCode.UNAVAILABLE,
      'No connection established. Last error: self-signed certificate',
      /`rootCertificates`/,
    ],
    [
      'an answer that is too large',
      GrpcCode.RESOURCE_EXHAUSTED,
      'Received message larger than max (5 vs 4)',
      /`maxReceiveBytes`/,
    ],
    [
      'an answer that is too large for the service',
      GrpcCode.RESOURCE_EXHAUSTED,
      'trying to send message larger than max (5 vs. 4)',
      /Ask for less in one request\.$/,
    ],
    [
      'a request that is too large',
      GrpcCode.RESOURCE_EXHAUSTED,
      'grpc: received message larger than max (5 vs. 4)',
      /Send fewer bytes/,
    ],
    ['a deadline', GrpcCode.DEADLINE_EXCEEDED, 'Deadline exceeded after 1s,remote_addr=1.2.3.4', /`timeoutMs`/],
    [
      'an RPC that is not known',
      GrpcCode.UNIMPLEMENTED,
      'The server does not implement the method',
      /does not know this RPC/,
    ],
  ])('says what to do next about %s', (_, code, details, advice) => {
    expect(fromGrpcStatus({ code, details }, { maxReceiveBytes: 4 }).message).toMatch(advice);
  });

  test('does not advise against a method when a proxy cut the answer off', () => {
    expect(fromGrpcStatus({ code: GrpcCode.UNIMPLEMENTED, details: 'No message received' }).message).toBe(
      'UNIMPLEMENTED: No message received',
    );
  });

  test('says where something has moved to', () => {
    const redirectInfo = { url: 'https://api/x', resourceType: 'app', oldResourceId: 'old', newResourceId: 'new' };
    const error = fromStatus(status(StatusCode.MOVED, { description: 'Moved', redirectInfo }));
    expect(error.message).toBe('MOVED: Moved: It is now `new` (https://api/x)');
    expect(error).toMatchObject({ name: 'NotFoundError' });
  });
});

describe('an error', () => {
  const pat = '0123456789abcdef0123456789abcdef';

  test.each([
    `authorization: Key ${pat}`,
    `{"authorization":"Key ${pat}"}`,
    `the header Key ${pat} was refused`,
    `invalid key(${pat})`,
    `Bearer ${pat}`,
    `x-clarifai-session-token=${pat}`,
  ])('never shows a credential that the service echoes: %s', (text) => {
    const errors = [
      fromGrpcStatus({ code: GrpcCode.UNAUTHENTICATED, details: text }),
      fromStatus(status(StatusCode.CONN_KEY_NOT_FOUND, { description: text, details: text })),
      toClarifaiError(new TypeError(text)),
    ];
    for (const error of errors) {
      expect(JSON.stringify(error)).not.toContain(pat);
      expect(error.message).not.toContain(pat);
      expect(error.message).toContain('[redacted]');
    }
  });

  test("never shows the caller's own credential, whatever stands around it", () => {
    const redact = (text: string): string => text.replaceAll(pat, '[redacted]');
    const error = fromStatus(status(StatusCode.CONN_KEY_INVALID, { details: `we saw ${pat} twice: ${pat}` }), {
      redact,
    });
    expect(JSON.stringify(error)).not.toContain(pat);
  });

  test('keeps ids that only look like a credential', () => {
    expect(
      fromStatus(status(StatusCode.MODEL_DOES_NOT_EXIST, { details: `Model ${pat} does not exist` })).message,
    ).toContain(pat);
  });

  test('carries how long the service asked to wait', () => {
    const metadata = { 'retry-after': '7' };
    expect(fromStatus(status(StatusCode.CONN_THROTTLED), { metadata }).retryAfterMs).toBe(7000);
    expect(fromGrpcStatus({ code: GrpcCode.UNAVAILABLE, details: '', metadata }).retryAfterMs).toBe(7000);
  });

  test('is not to be retried when the service pushes back for good', () => {
    const pushedBack = fromGrpcStatus({
      code: GrpcCode.UNAVAILABLE,
      details: '',
      metadata: { 'grpc-retry-pushback-ms': '-1' },
    });
    expect(pushedBack).toBeInstanceOf(UnavailableError);
    expect(pushedBack.category).toBe('fatal');
  });
});

describe('toClarifaiError', () => {
  test('leaves a ClarifaiError as it is', () => {
    const error = new ClarifaiError('x', { code: 'X', source: 'client', category: 'fatal' });
    expect(toClarifaiError(error)).toBe(error);
  });

  test('reads an error of any copy of grpc-js, with its metadata', () => {
    const cause = Object.assign(new Error('14 UNAVAILABLE: Connection dropped'), {
      code: 14,
      details: 'Connection dropped',
      metadata: { getMap: () => ({ 'retry-after': '2' }) },
    });
    expect(toClarifaiError(cause, { method: 'GetModel' })).toMatchObject({
      name: 'UnavailableError',
      message: 'GetModel UNAVAILABLE: Connection dropped',
      retryAfterMs: 2000,
      cause,
    });
  });

  test.each([
    [new TypeError('boom'), 'GetModel UNEXPECTED: boom'],
    ['boom', 'GetModel UNEXPECTED: boom'],
    [Object.assign(new Error('no such file'), { code: 'ENOENT' }), 'GetModel UNEXPECTED: no such file'],
  ])('wraps what is no gRPC error: %p', (thrown, message) => {
    expect(toClarifaiError(thrown, { method: 'GetModel' })).toMatchObject({
      name: 'ClarifaiError',
      code: 'UNEXPECTED',
      source: 'client',
      category: 'fatal',
      message,
      cause: thrown,
    });
  });
});
