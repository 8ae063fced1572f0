import fc from 'fast-check';
import { nearestName } from '../../../src/base/nearest-name';

const known = ['timeoutMs', 'attemptTimeoutMs', 'retry', 'metadata', 'token'];

describe('nearestName', () => {
  test.each([
    ['timeout', 'timeoutMs'],
    ['TIMEOUTMS', 'timeoutMs'],
    ['retries', undefined],
    ['retrys', 'retry'],
    ['metdata', 'metadata'],
    ['signal', undefined],
  ])('takes %s for %s', (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });

  test('finds a name that has one letter wrong, among names that are far apart', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat(), fc.constantFrom('q', 'z'), (name, at, letter) => {
        const wrong = name.slice(0, at % name.length) + letter + name.slice((at % name.length) + 1);
        expect(nearestName(wrong, known)).toBe(name);
      }),
    );
  });
});
