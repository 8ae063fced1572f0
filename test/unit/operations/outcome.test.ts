import { InvalidRequestError, PartialFailureError } from '../../../src/base/errors';
import { type Outcome, throwIfFailed } from '../../../src/operations/outcome';

const ok = (index: number): Outcome<string> => ({ index, id: undefined, ok: true, value: `value ${index}` });
const failed = (index: number): Outcome<string> => ({
  index,
  id: undefined,
  ok: false,
  error: new InvalidRequestError(`reason ${index}`, {
    code: 'INVALID_ARGUMENT',
    source: 'client',
    category: 'rejected',
  }),
});

test('outcomes that all succeeded become their values', () => {
  expect(throwIfFailed([ok(0), ok(1)])).toEqual(['value 0', 'value 1']);
  expect(throwIfFailed([])).toEqual([]);
});

test('one that failed throws, with the count and the first reasons', () => {
  const outcomes = [ok(0), ...[1, 2, 3, 4, 5].map(failed)];
  let error: unknown;
  try {
    throwIfFailed(outcomes);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(PartialFailureError);
  expect((error as PartialFailureError).message).toBe(
    '5 of 6 inputs failed: [1] reason 1; [2] reason 2; [3] reason 3; and 2 more',
  );
  expect((error as PartialFailureError).cause).toMatchObject({ message: 'reason 1' });
});

test('a promise in place of outcomes is refused with a hint', () => {
  expect(() => throwIfFailed(Promise.resolve([]) as never)).toThrow(
    /`outcomes` to be an array of outcomes \(await the call first\)/,
  );
});
