import fc from 'fast-check';
import { describe as describeValue, describeHidden } from '../../../src/base/describe';

describe('describe', () => {
  test.each<[unknown, string]>([
    ['abc', '`"abc"` (string)'],
    [5, '`5` (number)'],
    [5n, '`5` (bigint)'],
    [undefined, '`undefined`'],
    [null, '`null`'],
    [new Uint8Array(123), '`Uint8Array(123 bytes)` (object)'],
    [Buffer.alloc(3), '`Buffer(3 bytes)` (object)'],
    [new ArrayBuffer(4), '`ArrayBuffer(4 bytes)` (object)'],
    [[1, 2, 3], '`Array(3)` (object)'],
    [{ pat: 'secret' }, '`Object` (object)'],
    [Object.create(null), '`Object` (object)'],
    [new Map(), '`Map` (object)'],
    [() => 1, '`anonymous` (function)'],
    [Symbol('x'), '`Symbol` (symbol)'],
  ])('shows %p as %s', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  test('cuts long texts', () => {
    expect(describeValue('x'.repeat(1000)).length).toBeLessThan(100);
    expect(describeValue(10n ** 1000n).length).toBeLessThan(100);
  });

  test('never fails and never grows, whatever it is given', () => {
    const broken = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error('no');
        },
      },
    );
    expect(describeValue(broken)).toBe('`Object` (object)');
    fc.assert(fc.property(fc.anything(), (value) => describeValue(value).length < 500));
  });

  test('says nothing of the contents of what is hidden', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (secret) => {
        expect(describeHidden(secret)).toBe('a string that is not shown');
      }),
    );
    expect(describeHidden(undefined)).toBe('`undefined`');
    expect(describeHidden(7)).toBe('a value that is not shown (number)');
  });
});
