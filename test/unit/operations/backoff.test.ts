import fc from 'fast-check';
import { attemptTimeout } from '../../../src/operations/attempt-timeout';
import { backoffMs } from '../../../src/operations/backoff';
import { RetryBudget } from '../../../src/operations/retry-budget';

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('backoff', () => {
  test('is between nothing and a ceiling that doubles, up to the longest wait', () => {
    fc.assert(
      fc.property(
        unit,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(5000),
        fc.nat(30_000),
        (u, retry, baseDelayMs, maxDelayMs) => {
          const ms = backoffMs({ retry, baseDelayMs, maxDelayMs }, () => u);
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThanOrEqual(Math.min(baseDelayMs * 2 ** (retry - 1), maxDelayMs));
        },
      ),
    );
  });

  test('never exceeds the longest wait, however many retries there were', () => {
    fc.assert(
      fc.property(unit, fc.integer({ min: 1 }), fc.nat(5000), fc.nat(30_000), (u, retry, baseDelayMs, maxDelayMs) => {
        const ms = backoffMs({ retry, baseDelayMs, maxDelayMs }, () => u);
        return ms >= 0 && ms <= maxDelayMs;
      }),
    );
  });

  test.each([
    [1, 50],
    [2, 100],
    [3, 200],
    [20, 20_000],
  ])('before retry %i reaches up to %i ms', (retry, ceiling) => {
    expect(backoffMs({ retry, baseDelayMs: 50, maxDelayMs: 20_000 }, () => 1)).toBe(ceiling);
  });

  test('follows the wish of the service between its own wait and 5 seconds more', () => {
    fc.assert(
      fc.property(unit, fc.nat(100_000), (u, retryAfterMs) => {
        const params = { retry: 3, baseDelayMs: 1000, maxDelayMs: 20_000 };
        const own = backoffMs(params, () => u);
        const ms = backoffMs({ ...params, retryAfterMs }, () => u);
        expect(ms).toBe(Math.min(Math.max(retryAfterMs, own), own + 5000));
      }),
    );
  });
});

describe('the retry budget', () => {
  test('never holds less than nothing nor more than it began with', () => {
    const step = fc.constantFrom<'transient' | 'throttled' | 'success'>('transient', 'throttled', 'success');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const budget = new RetryBudget();
        for (const one of steps) {
          if (one === 'success') budget.refund();
          else budget.spend(one);
          expect(budget.tokens).toBeGreaterThanOrEqual(0);
          expect(budget.tokens).toBeLessThanOrEqual(500);
        }
      }),
    );
  });

  test('pays for 35 transient or 100 throttled retries in a row', () => {
    const count = (category: 'transient' | 'throttled'): number => {
      const budget = new RetryBudget();
      let retries = 0;
      while (budget.spend(category) !== undefined) retries += 1;
      return retries;
    };
    expect([count('transient'), count('throttled')]).toEqual([35, 100]);
  });

  test('gets back what a retry that succeeds cost, and one token for a call that succeeds at once', () => {
    const budget = new RetryBudget();
    budget.spend('transient');
    const price = budget.spend('throttled');
    budget.refund(price);
    expect(budget.tokens).toBe(486);
    budget.refund();
    expect(budget.tokens).toBe(487);
  });
});

describe('the time of an attempt', () => {
  test.each([
    ['30 seconds without bytes', undefined, undefined, 300_000, 30_000],
    ['2 seconds more for each MB', undefined, 16_000_000, 300_000, 62_000],
    ['what is left of the call', undefined, 16_000_000, 5000, 5000],
    ['what the caller says', 700, 16_000_000, 300_000, 700],
    ['all of the call when it is off', null, 0, 300_000, 300_000],
    ['no end when the call has none either', null, 0, Infinity, undefined],
    ['nothing when the call is over', undefined, 0, -5, 0],
  ])('is %s', (_, attemptTimeoutMs, requestBytes, remainingMs, expected) => {
    expect(attemptTimeout({ attemptTimeoutMs, requestBytes, remainingMs })).toBe(expected);
  });
});
