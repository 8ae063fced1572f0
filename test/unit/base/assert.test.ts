import {
  assertBoolean,
  assertDurationMs,
  assertFunction,
  assertInteger,
  assertIterable,
  assertNumber,
  assertObject,
  assertOneOf,
  assertSignal,
  assertString,
  invalidArgument,
} from '../../../src/base/assert';
import { InvalidRequestError } from '../../../src/base/errors';

function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', source: 'client', category: 'rejected' });
    return (error as Error).message;
  }
  throw new Error('Nothing was thrown');
}

describe('assert', () => {
  test.each<[string, (value: never) => void, unknown]>([
    ['Expected `x` to be a string, got `5` (number)', (value) => assertString(value, 'x'), 5],
    [
      'Expected `x` to be a non-empty string, got `""` (string)',
      (value) => assertString(value, 'x', { nonEmpty: true }),
      '',
    ],
    ['Expected `x` to be a boolean, got `"yes"` (string)', (value) => assertBoolean(value, 'x'), 'yes'],
    ['Expected `x` to be a function, got `null`', (value) => assertFunction(value, 'x'), null],
    ['Expected `x` to be a number, got `NaN` (number)', (value) => assertNumber(value, 'x'), NaN],
    [
      'Expected `x` to be a number from 0 to 1, got `2` (number)',
      (value) => assertNumber(value, 'x', { min: 0, max: 1 }),
      2,
    ],
    ['Expected `x` to be a number of at most 1, got `2` (number)', (value) => assertNumber(value, 'x', { max: 1 }), 2],
    [
      'Expected `x` to be an integer of at least 1, got `0.5` (number)',
      (value) => assertInteger(value, 'x', { min: 1 }),
      0.5,
    ],
    ['Expected `x` to be an integer, got `"7"` (string)', (value) => assertInteger(value, 'x'), '7'],
    [
      'Expected `x` to be milliseconds from 0 to 2147483647, got `Infinity` (number)',
      (value) => assertDurationMs(value, 'x'),
      Infinity,
    ],
    [
      "Expected `x` to be one of 'drain', 'abort', got `\"stop\"` (string)",
      (value) => assertOneOf(value, 'x', ['drain', 'abort']),
      'stop',
    ],
    ['Expected `x` to be an object, got `Array(2)` (object)', (value) => assertObject<unknown>(value, 'x'), [1, 2]],
    [
      'Expected `x` to be an AbortSignal, got `AbortController` (object)',
      (value) => assertSignal(value, 'x'),
      new AbortController(),
    ],
    [
      'Expected `x` to be an iterable or async iterable, got `"text"` (string)',
      (value) => assertIterable(value, 'x'),
      'text',
    ],
  ])('says what was expected and what was given: %s', (message, check, value) => {
    expect(messageOf(() => check(value as never))).toBe(message);
  });

  test.each<[string, () => void]>([
    ['strings', () => assertString('', 'x')],
    ['numbers at the ends of their range', () => [0, 1].forEach((n) => assertNumber(n, 'x', { min: 0, max: 1 }))],
    ['integers', () => assertInteger(-3, 'x')],
    ['objects with known names', () => assertObject({ a: 1 }, 'x', ['a', 'b'])],
    [
      'arrays, sets and generators as iterables',
      () => [[], new Set(), (function* () {})()].forEach((i) => assertIterable(i, 'x')),
    ],
    ['signals', () => assertSignal(new AbortController().signal, 'x')],
  ])('accepts %s', (_, check) => {
    expect(check).not.toThrow();
  });

  test('suggests the nearest known name for one that is misspelt', () => {
    const known = ['timeoutMs', 'retry', 'metadata'];
    expect(messageOf(() => assertObject({ timeoutMS: 5 }, 'options', known))).toBe(
      'Unknown name `timeoutMS` in `options`: did you mean `timeoutMs`?',
    );
    expect(messageOf(() => assertObject({ colour: 5 }, 'options', known))).toBe(
      'Unknown name `colour` in `options`: known are timeoutMs, retry, metadata',
    );
  });

  test('never shows a value that is to be hidden', () => {
    const secret = 'sk-0123456789abcdef';
    const error = invalidArgument('pat', 'printable ASCII', secret, { hideValue: true });
    expect(error.message).toBe('Expected `pat` to be printable ASCII, got a string that is not shown');
    expect(messageOf(() => assertString({ secret }, 'pat', { hideValue: true }))).not.toContain(secret);
  });

  test('keeps the cause', () => {
    const cause = new Error('ENOENT');
    expect(invalidArgument('file', 'a file', 'x', { cause }).cause).toBe(cause);
  });
});
