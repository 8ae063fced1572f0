import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { ClarifaiError } from '../../../src/base/errors';
import { unwrap, type UnwrapOptions } from '../../../src/operations/unwrap';

const status = (code: StatusCode, description = '', details = ''): object => ({
  code,
  description,
  details,
  reqId: 'r1',
});

function thrownBy(answer: object, options: UnwrapOptions = {}): ClarifaiError {
  try {
    unwrap(answer, options);
  } catch (error) {
    if (error instanceof ClarifaiError) return error;
  }
  throw new Error('No ClarifaiError was thrown');
}

const partial = { items: 'outputs' };
const ok = { status: status(StatusCode.SUCCESS) };
const failed = { status: status(StatusCode.INPUT_FAILED, 'Download failed', '404 for url') };
const loading = { status: status(StatusCode.MODEL_LOADING) };

describe('unwrap', () => {
  test.each([
    StatusCode.SUCCESS,
    StatusCode.ACCEPTED,
    StatusCode.JOB_QUEUED,
    StatusCode.UPLOAD_IN_PROGRESS,
    StatusCode.MODEL_TRAINED,
  ])('takes %i for an answer', (code) => {
    expect(() => unwrap({ status: status(code) }, {})).not.toThrow();
  });

  test('throws what the status says, with method and request id', () => {
    expect(
      thrownBy({ status: status(StatusCode.CONN_DOES_NOT_EXIST, 'Resource does not exist') }, { method: 'GetApp' }),
    ).toMatchObject({
      name: 'NotFoundError',
      method: 'GetApp',
      requestId: 'r1',
      source: 'status',
    });
  });

  test.each([{}, { status: undefined }, { status: status(StatusCode.ZERO) }])('takes %p for no answer', (answer) => {
    expect(thrownBy(answer, { method: 'GetApp' })).toMatchObject({
      name: 'ServerError',
      code: 'STATUS_MISSING',
      message: 'GetApp STATUS_MISSING: the answer carries no status',
    });
  });

  test('tells of the first item that failed when the status of the whole says nothing', () => {
    const answer = { status: status(StatusCode.MIXED_STATUS, 'Mixed Success'), outputs: [ok, failed] };
    expect(thrownBy(answer).message).toBe(
      'MIXED_STATUS: Mixed Success: outputs[1] INPUT_FAILED: Download failed: 404 for url (req r1)',
    );
  });

  test.each([
    ['some failed', StatusCode.MIXED_STATUS, [ok, failed]],
    ['all failed', StatusCode.FAILURE, [failed, failed]],
    ['the whole has the status of its one item', StatusCode.INPUT_FAILED, [failed]],
    ['some may do better later', StatusCode.MIXED_STATUS, [ok, loading]],
  ])('leaves an answer in which %s to who asked for parts', (_, code, outputs) => {
    expect(() => unwrap({ status: status(code), outputs }, { partial })).not.toThrow();
    expect(() => unwrap({ status: status(code), outputs }, {})).toThrow(ClarifaiError);
  });

  test.each([
    ['there are no items', []],
    ['an item says nothing of itself', [failed, {}]],
  ])('throws even when parts are asked for, if %s', (_, outputs) => {
    expect(thrownBy({ status: status(StatusCode.FAILURE, 'Failure'), outputs }, { partial })).toMatchObject({
      code: 'FAILURE',
    });
  });

  test('throws what concerns the call even when items say something too', () => {
    for (const code of [StatusCode.CONN_THROTTLED, StatusCode.CONN_KEY_INVALID, StatusCode.MODEL_LOADING]) {
      expect(thrownBy({ status: status(code), outputs: [failed] }, { partial }).statusCode).toBe(code);
    }
  });

  test('throws what all items share when another attempt may help, so that there is one', () => {
    const answer = { status: status(StatusCode.FAILURE), outputs: [loading, loading] };
    expect(thrownBy(answer, { partial })).toMatchObject({ code: 'MODEL_LOADING', category: 'notReady' });
  });
});
