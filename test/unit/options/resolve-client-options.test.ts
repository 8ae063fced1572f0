import { AuthenticationError } from '../../../src/base/errors';
import type { ClientOptions } from '../../../src/options/client-options';
import { readEnvironment } from '../../../src/options/environment';
import { resolveClientOptions } from '../../../src/options/resolve-client-options';

const empty = readEnvironment({});

describe('the options of a client', () => {
  test('take user and app from the options before the environment', () => {
    const environment = readEnvironment({ CLARIFAI_USER_ID: 'u', CLARIFAI_APP_ID: 'a', CLARIFAI_PAT: 'x' });
    expect(resolveClientOptions({ userId: 'me' }, environment)).toMatchObject({ userId: 'me', appId: 'a' });
  });

  test('need a credential, and say where to get one', () => {
    expect(() => resolveClientOptions({}, empty)).toThrow(AuthenticationError);
    expect(() => resolveClientOptions({}, empty)).toThrow('set CLARIFAI_PAT');
    try {
      resolveClientOptions({}, empty);
    } catch (error) {
      expect(error).toMatchObject({ code: 'CREDENTIAL_MISSING', source: 'client', category: 'auth' });
    }
  });

  test('resolve the defaults of calls', () => {
    const { defaults } = resolveClientOptions(
      { pat: 'x', defaults: { timeoutMs: 5, retry: { maxAttempts: 7 } } },
      empty,
    );
    expect(defaults).toMatchObject({ timeoutMs: 5, retry: { maxAttempts: 7, baseDelayMs: 50 } });
  });

  test.each([
    [{ pat: 'x', userID: 'me' }, 'Unknown name `userID` in `options`: did you mean `userId`?'],
    [{ pat: 'x', userId: '' }, 'Expected `userId` to be a non-empty string, got `""` (string)'],
    [{ pat: 'x', appId: 5 }, 'Expected `appId` to be a non-empty string, got `5` (number)'],
    [{ pat: 'x', defaults: { timeout: 5 } }, 'Unknown name `timeout` in `defaults`: did you mean `timeoutMs`?'],
    [{ pat: 'x', defaults: { signal: new AbortController().signal } }, 'Unknown name `signal` in `defaults`'],
    [{ pat: 'x', defaults: null }, 'Expected `defaults` to be an object, got `null`'],
  ])('are checked at once: %#', (options, message) => {
    expect(() => resolveClientOptions(options as ClientOptions, empty)).toThrow(message);
  });
});
