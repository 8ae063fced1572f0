import { inspect } from 'node:util';
import {
  AuthenticationError,
  ClarifaiError,
  InvalidRequestError,
  NotFoundError,
  PartialFailureError,
  ThrottledError,
} from '../../../src/base/errors';
import type { ClarifaiErrorFields } from '../../../src/base/error-fields';

const fields: ClarifaiErrorFields = {
  code: 'CONN_THROTTLED',
  source: 'status',
  category: 'throttled',
  statusCode: 11005,
};

/** A second copy of the module, as when two versions of the package are installed. */
function otherCopy(): typeof import('../../../src/base/errors') {
  let copy: typeof import('../../../src/base/errors') | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual('../../../src/base/errors');
  });
  if (copy === undefined) throw new Error('Not loaded');
  return copy;
}

describe('errors', () => {
  test('are Errors, ClarifaiErrors and their own class, but no other remedy', () => {
    const error = new ThrottledError('slow down', fields);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(ClarifaiError);
    expect(error).toBeInstanceOf(ThrottledError);
    expect(error instanceof NotFoundError).toBe(false);
  });

  test('are recognised across copies of the package, without being mixed up', () => {
    const foreign = otherCopy();
    const error = new foreign.ThrottledError('slow down', fields);
    expect(foreign.ThrottledError).not.toBe(ThrottledError);
    expect(error instanceof ThrottledError).toBe(true);
    expect(error instanceof ClarifaiError).toBe(true);
    expect(error instanceof AuthenticationError).toBe(false);
  });

  test('leave instanceof as it is for classes that users derive', () => {
    class MyError extends NotFoundError {}
    expect(new MyError('mine', fields) instanceof MyError).toBe(true);
    expect(new NotFoundError('not mine', fields) instanceof MyError).toBe(false);
  });

  test('do not claim values that are no errors', () => {
    for (const value of [undefined, null, 'ThrottledError', 5, {}, new Error('plain')]) {
      expect(value instanceof ThrottledError).toBe(false);
    }
  });

  test('carry their class name, even when minified', () => {
    expect(new PartialFailureError('some', fields).name).toBe('PartialFailureError');
    expect(String(new InvalidRequestError('no', fields))).toBe('InvalidRequestError: no');
  });

  test('have only the fields that are known', () => {
    expect(Object.keys(new ThrottledError('slow down', { ...fields, requestId: undefined }))).toEqual([
      'code',
      'source',
      'category',
      'statusCode',
    ]);
  });

  test('serialise to JSON without stack and cause', () => {
    const error = new ThrottledError('slow down', { ...fields, cause: new Error('deep') });
    expect(JSON.parse(JSON.stringify(error))).toEqual({ name: 'ThrottledError', message: 'slow down', ...fields });
    expect(error.cause).toEqual(new Error('deep'));
  });

  test('show class, message and code when inspected', () => {
    expect(inspect(new ThrottledError('slow down', fields))).toMatch(/ThrottledError: slow down[^]*CONN_THROTTLED/);
  });
});
