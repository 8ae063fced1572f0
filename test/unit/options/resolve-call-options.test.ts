import type { CallOptions } from '../../../src/options/call-options';
import { defaultCallOptions, resolveCallOptions } from '../../../src/options/resolve-call-options';

describe('the options of a call', () => {
  test('fall back to five minutes, three attempts and two minutes for a model to load', () => {
    expect(resolveCallOptions()).toEqual({
      timeoutMs: 300_000,
      retry: { maxAttempts: 3, baseDelayMs: 50, throttledDelayMs: 1000, maxDelayMs: 20_000, notReadyMs: 120_000 },
    });
  });

  test('take undefined as the default', () => {
    const undefinedOptions = { timeoutMs: undefined, attemptTimeoutMs: undefined, retry: undefined, signal: undefined };
    expect(resolveCallOptions(defaultCallOptions, undefinedOptions)).toEqual(resolveCallOptions());
  });

  test('take null as off', () => {
    expect(resolveCallOptions(undefined, { timeoutMs: null, attemptTimeoutMs: null, retry: null })).toMatchObject({
      timeoutMs: null,
      attemptTimeoutMs: null,
      retry: null,
    });
    expect(resolveCallOptions(undefined, { retry: { notReadyMs: null } }).retry).toMatchObject({ notReadyMs: 0 });
  });

  test('replace the defaults one by one, and those of retry field by field', () => {
    const defaults = resolveCallOptions(undefined, { timeoutMs: 10, retry: { maxAttempts: 9 }, metadata: { a: '1' } });
    const resolved = resolveCallOptions(defaults, { retry: { baseDelayMs: 1 }, metadata: { b: '2' } });
    expect(resolved).toMatchObject({ timeoutMs: 10, retry: { maxAttempts: 9, baseDelayMs: 1 }, metadata: { b: '2' } });
  });

  test('can switch retry on again where the defaults have it off', () => {
    const defaults = resolveCallOptions(undefined, { retry: null });
    expect(resolveCallOptions(defaults, {}).retry).toBeNull();
    expect(resolveCallOptions(defaults, { retry: {} }).retry).toMatchObject({ maxAttempts: 3 });
  });

  test.each([
    [{ timeout: 5 }, 'Unknown name `timeout` in `options`: did you mean `timeoutMs`?'],
    [{ retry: { maxAtempts: 5 } }, 'Unknown name `maxAtempts` in `retry`: did you mean `maxAttempts`?'],
    [{ timeoutMs: NaN }, 'Expected `timeoutMs` to be milliseconds from 1 to 2147483647, got `NaN` (number)'],
    [{ timeoutMs: 0 }, 'Expected `timeoutMs` to be'],
    [{ timeoutMs: {} }, 'Expected `timeoutMs` to be'],
    [{ timeoutMs: '5' }, 'got `"5"` (string)'],
    [{ attemptTimeoutMs: -1 }, 'Expected `attemptTimeoutMs` to be'],
    [{ attemptTimeoutMs: Infinity }, 'got `Infinity` (number)'],
    [{ retry: true }, 'Expected `retry` to be an object, got `true` (boolean)'],
    [{ retry: { maxAttempts: 0 } }, 'Expected `retry.maxAttempts` to be an integer of at least 1, got `0` (number)'],
    [{ retry: { maxAttempts: 1.5 } }, 'Expected `retry.maxAttempts`'],
    [{ retry: { baseDelayMs: -1 } }, 'Expected `retry.baseDelayMs` to be a number from 0 to'],
    [{ retry: { notReadyMs: NaN } }, 'Expected `retry.notReadyMs`'],
    [{ signal: new AbortController() }, 'Expected `signal` to be an AbortSignal'],
    [{ metadata: 'x' }, 'Expected `metadata` to be an object'],
    [{ onHeader: 5 }, 'Expected `onHeader` to be a function'],
    [{ onTrailer: 5 }, 'Expected `onTrailer` to be a function'],
    [null, 'Expected `options` to be an object, got `null`'],
  ])('are checked before anything is sent: %p', (options, message) => {
    expect(() => resolveCallOptions(undefined, options as unknown as CallOptions)).toThrow(message);
  });
});
