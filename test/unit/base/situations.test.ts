import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { ClarifaiError } from '../../../src/base/errors';
import { GrpcCode, grpcCodeName } from '../../../src/base/grpc-code';
import { isFailure, traitsOf } from '../../../src/base/situation';
import { toGrpcFailure } from '../../../src/base/situation-of-grpc-code';
import { situationOfStatusCode } from '../../../src/base/situation-of-status-code';
import { fromStatus, situationOf, statusCodeName } from '../../../src/base/to-clarifai-error';

const statusCodes = Object.values(StatusCode).filter((value) => typeof value === 'number');
const names = Object.entries(StatusCode).flatMap(([name, value]) =>
  typeof value === 'number' ? [{ name, value }] : [],
);

describe('the table of StatusCodes', () => {
  test('has a row for every value of the enum and none beyond', () => {
    expect(Object.keys(situationOfStatusCode).map(Number).sort()).toEqual([...new Set(statusCodes)].sort());
    expect(names.length).toBeGreaterThanOrEqual(433);
  });

  test('gives every failure a category and an error class', () => {
    for (const code of statusCodes) {
      const situation = situationOf(code);
      if (!isFailure(situation)) continue;
      const { category, errorClass } = traitsOf(situation);
      expect(['transient', 'throttled', 'notReady', 'rejected', 'auth', 'fatal']).toContain(category);
      expect(errorClass === ClarifaiError || errorClass.prototype instanceof ClarifaiError).toBe(true);
    }
  });

  test.each([
    [/_SUCCESS$/, ['success']],
    [/_(PENDING|IN_PROGRESS)$/, ['inProgress']],
    [/_DOES_NOT_EXIST$/, ['notFound']],
    [/_DUPLICATE$/, ['alreadyExists']],
    [/_PERMISSION_DENIED$/, ['permission']],
    [/_INVALID_ARGUMENT$/, ['invalid']],
    [/(?<!CONN)_INVALID_REQUEST$/, ['invalid']],
    [/_(FAILED|FAILURE|UNEXPECTED_ERROR|UNCATEGORIZED)$/, ['server', 'invalid', 'hiccup']],
    [/_CANCELL?ED$/, ['cancelled', 'unavailable']],
  ])('agrees with what names ending in %s say', (ending, allowed) => {
    const matching = names.filter(({ name }) => ending.test(name) && name !== 'INPUT_FAILED');
    expect(matching.length).toBeGreaterThan(0);
    expect(matching.filter(({ value }) => !allowed.includes(situationOf(value))).map(({ name }) => name)).toEqual([]);
  });

  test.each([
    ['CONN_THROTTLED', 'throttled', 'ThrottledError'],
    ['CONN_EXCEED_HOURLY_LIMIT', 'fatal', 'QuotaError'],
    ['CONN_EXCEED_MONTHLY_LIMIT', 'fatal', 'QuotaError'],
    ['CONN_EXCEEDS_LIMITS', 'fatal', 'QuotaError'],
    ['MODEL_DEPLOYING', 'notReady', 'NotReadyError'],
    ['MODEL_BUSY_PLEASE_RETRY', 'notReady', 'NotReadyError'],
    ['MODEL_LOADING', 'notReady', 'NotReadyError'],
    ['MODEL_NOT_DEPLOYED', 'fatal', 'NotReadyError'],
    ['TRY_AGAIN', 'transient', 'UnavailableError'],
    ['RPC_REQUEST_QUEUE_FULL', 'throttled', 'ThrottledError'],
    ['RPC_SERVER_UNAVAILABLE', 'transient', 'UnavailableError'],
    ['RPC_REQUEST_TIMEOUT', 'transient', 'DeadlineExceededError'],
    ['DATABASE_DEADLOCK_DETECTED', 'transient', 'ServerError'],
    ['INTERNAL_UNCATEGORIZED', 'transient', 'ServerError'],
    ['REQUEST_DISABLED_FOR_MAINTENANCE', 'fatal', 'UnavailableError'],
    ['CONN_KEY_INVALID', 'auth', 'AuthenticationError'],
    ['CONN_INVALID_REQUEST', 'auth', 'AuthenticationError'],
    ['CONN_INSUFFICIENT_SCOPES', 'auth', 'PermissionError'],
    ['CONN_DOES_NOT_EXIST', 'rejected', 'NotFoundError'],
    ['INPUT_DUPLICATE', 'rejected', 'AlreadyExistsError'],
    ['INPUT_FAILED', 'rejected', 'InvalidRequestError'],
    ['FAILURE', 'rejected', 'InvalidRequestError'],
    ['SERVER_ERROR', 'fatal', 'ServerError'],
  ])('makes of %s the category %s and a %s', (name, category, className) => {
    const code = StatusCode[name as keyof typeof StatusCode];
    const error = fromStatus(status(code));
    expect(error).toMatchObject({ name: className, category, code: name, statusCode: code, source: 'status' });
  });

  test('says that the service did not act only where that is certain', () => {
    const certain = statusCodes.filter((code) => fromStatus(status(code)).notProcessed);
    expect([...new Set(certain)].map(statusCodeName)).toEqual([
      'CONN_THROTTLED',
      'MODEL_DEPLOYING',
      'MODEL_BUSY_PLEASE_RETRY',
      'MODEL_LOADING',
      'RPC_REQUEST_QUEUE_FULL',
    ]);
  });

  test('takes a code that is newer than this package for a failure of the service', () => {
    expect(fromStatus(status(98765))).toMatchObject({ name: 'ServerError', code: 'STATUS_98765', category: 'fatal' });
  });

  test('calls a code by its name that is not deprecated', () => {
    expect(statusCodeName(30000)).toBe('INPUT_SUCCESS');
    expect(statusCodeName(StatusCode.CONN_TOKEN_INVALID)).toBe('CONN_TOKEN_INVALID');
  });
});

describe('the table of gRPC codes', () => {
  test('covers every code, by name and by failure', () => {
    for (const [name, code] of Object.entries(GrpcCode)) {
      expect(grpcCodeName(code)).toBe(name);
      expect(traitsOf(toGrpcFailure(code, '').failure).category).toBeDefined();
    }
    expect(Object.keys(GrpcCode)).toHaveLength(17);
  });

  test('takes an unknown code for a failure of the service', () => {
    expect(grpcCodeName(99)).toBeUndefined();
    expect(toGrpcFailure(99, '')).toEqual({ failure: 'server' });
  });
});

function status(code: number): Parameters<typeof fromStatus>[0] {
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
  };
}
