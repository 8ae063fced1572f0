import { ClarifaiError, NotFoundError, StatusCode, statusError } from '../../../src/rpc';

const status = { code: StatusCode.MODEL_DOES_NOT_EXIST, description: 'Model does not exist', details: 'no m' };
const answer = {
  status: { ...status, reqId: 'r-1', internalDetails: '', stackTrace: [], percentCompleted: 0, timeRemaining: 0 },
};

test('a status becomes the error of its class, with its code and request id', () => {
  const error = statusError(answer as unknown as Parameters<typeof statusError>[0]);
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ code: 'MODEL_DOES_NOT_EXIST', statusCode: 21200, requestId: 'r-1' });
  expect(error.message).toMatch(/^MODEL_DOES_NOT_EXIST: /);
});

test('a message of the caller takes the place of the usual one, and all else stays', () => {
  const error = statusError(answer as unknown as Parameters<typeof statusError>[0], 'predicting failed');
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error.message).toBe('predicting failed');
  expect(error).toMatchObject({ code: 'MODEL_DOES_NOT_EXIST', statusCode: 21200, requestId: 'r-1' });
});

test('an answer without a status is an error of its own', () => {
  const error = statusError({ status: undefined });
  expect(error).toBeInstanceOf(ClarifaiError);
  expect(error.code).toBe('STATUS_MISSING');
});
