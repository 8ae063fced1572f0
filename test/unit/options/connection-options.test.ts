import { resolveConnectionOptions } from '../../../src/options/connection-options';

describe('the options of connections', () => {
  it('take undefined as the default and null as for ever', () => {
    const defaults = { max: 8, maxCalls: 100, maxAgeMs: 1_800_000, maxIdleMs: 240_000 };
    expect(resolveConnectionOptions()).toEqual(defaults);
    expect(resolveConnectionOptions({ max: undefined, maxAgeMs: undefined })).toEqual(defaults);
    expect(resolveConnectionOptions({ maxAgeMs: null, maxIdleMs: null })).toMatchObject({
      maxAgeMs: Infinity,
      maxIdleMs: Infinity,
    });
  });

  it.each([
    [{ max: 0 }, 'Expected `connections.max` to be an integer of at least 1, got `0` (number)'],
    [{ max: null }, 'Expected `connections.max` to be an integer of at least 1, got `null`'],
    [{ maxCalls: 1.5 }, 'Expected `connections.maxCalls` to be an integer of at least 1, got `1.5` (number)'],
    [{ maxAgeMs: 0 }, 'Expected `connections.maxAgeMs` to be milliseconds from 1 to 2147483647, got `0` (number)'],
    [
      { maxIdleMs: 10 },
      'Expected `connections.maxIdleMs` to be milliseconds from 1000 to 2147483647, got `10` (number)',
    ],
    [{ maximum: 2 }, 'Unknown name `maximum` in `connections`: known are max, maxCalls, maxAgeMs, maxIdleMs'],
    [4, 'Expected `connections` to be an object, got `4` (number)'],
  ])('%j is refused with what was expected and given', (options, message) => {
    expect(() => resolveConnectionOptions(options as never)).toThrow(
      expect.objectContaining({ name: 'InvalidRequestError', message }),
    );
  });
});
