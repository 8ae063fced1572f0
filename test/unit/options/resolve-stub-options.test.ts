import { inspect } from 'node:util';
import { InvalidRequestError } from '../../../src/base/errors';
import type { StubOptions } from '../../../src/options/client-options';
import { readEnvironment } from '../../../src/options/environment';
import { resolveStubOptions } from '../../../src/options/resolve-stub-options';

const empty = readEnvironment({});
const pat = '0123456789abcdef0123456789abcdef';

/** As a caller without types would write it. */
const wrong = (options: unknown): StubOptions => options as StubOptions;

describe('the credential', () => {
  test.each<[StubOptions, string, string]>([
    [{ pat }, 'key', pat],
    [{ apiKey: 'app-key' }, 'key', 'app-key'],
    [{ sessionToken: 'token' }, 'sessionToken', 'token'],
  ])('comes from the options: %p', (options, kind, value) => {
    expect(resolveStubOptions(options, empty).credential).toMatchObject({ kind, value });
  });

  test('may be a function that is asked for each attempt, and is not asked before', () => {
    const token = jest.fn(() => pat);
    expect(resolveStubOptions({ token }, empty).credential).toEqual({ kind: 'source', token });
    expect(token).not.toHaveBeenCalled();
  });

  test.each([
    [{ CLARIFAI_PAT: 'a', CLARIFAI_SESSION_TOKEN: 'b', CLARIFAI_API_KEY: 'c' }, 'key', 'a'],
    [{ CLARIFAI_PAT: ' ', CLARIFAI_SESSION_TOKEN: 'b', CLARIFAI_API_KEY: 'c' }, 'sessionToken', 'b'],
    [{ CLARIFAI_API_KEY: ' c\n' }, 'key', 'c'],
  ])('comes from the environment in the order PAT, session token, API key: %p', (variables, kind, value) => {
    expect(resolveStubOptions({}, readEnvironment(variables)).credential).toMatchObject({ kind, value });
  });

  test('of the options beats the environment', () => {
    const environment = readEnvironment({ CLARIFAI_PAT: 'a' });
    expect(resolveStubOptions({ sessionToken: 'b' }, environment).credential).toMatchObject({ value: 'b' });
  });

  test('may be missing: the metadata of each call may carry it', () => {
    expect(resolveStubOptions({}, empty).credential).toBeUndefined();
  });

  test('must be one: two at once are an error that names both and shows neither', () => {
    const action = (): unknown => resolveStubOptions({ pat, sessionToken: 'another-secret' }, empty);
    expect(action).toThrow('Expected one credential, got two: `pat` and `sessionToken`');
  });

  test.each([
    [{ pat: '' }, 'Expected `pat` to be a non-empty string, got `""` (string)'],
    [{ pat: 5 }, 'Expected `pat` to be a non-empty string, got a value that is not shown (number)'],
    [{ pat: `Key ${pat}` }, 'the credential alone, without `Key` or `Bearer` before it'],
    [{ apiKey: `${pat}\n` }, 'Expected `apiKey` to be printable ASCII without spaces, got a string that is not shown'],
    [{ token: pat }, 'Expected `token` to be a function'],
  ])('is checked at once: %#', (options, message) => {
    const action = (): unknown => resolveStubOptions(wrong(options), empty);
    expect(action).toThrow(message);
    expect(action).toThrow(InvalidRequestError);
  });

  test('is named by its variable when the environment holds a wrong one', () => {
    expect(() => resolveStubOptions({}, readEnvironment({ CLARIFAI_PAT: 'Key x' }))).toThrow(
      'Expected `CLARIFAI_PAT` to be',
    );
  });

  test('does not show in inspect, JSON, string conversion or enumeration', () => {
    const resolved = resolveStubOptions({ pat }, empty);
    const shown = [
      inspect(resolved, { depth: Infinity, showHidden: true }),
      JSON.stringify(resolved),
      JSON.stringify(Object.entries(resolved.credential ?? {})),
    ];
    for (const text of shown) expect(text).not.toContain(pat);
  });
});

describe('the base', () => {
  test.each([
    [{ base: 'a.example' }, { CLARIFAI_API_BASE: 'b', CLARIFAI_GRPC_BASE: 'c' }, 'a.example', 'base'],
    [{}, { CLARIFAI_API_BASE: 'b', CLARIFAI_GRPC_BASE: 'c' }, 'b', 'CLARIFAI_API_BASE'],
    [{}, { CLARIFAI_GRPC_BASE: 'c' }, 'c', 'CLARIFAI_GRPC_BASE'],
    [{}, {}, 'api.clarifai.com', 'default'],
  ])('of %p with %p is %s', (options, variables, base, baseSource) => {
    expect(resolveStubOptions(options, readEnvironment(variables))).toMatchObject({ base, baseSource });
  });
});

describe('the options of a stub', () => {
  test('fall back to the public service, TLS, 129 MiB answers, and up to eight connections with pings', () => {
    expect(resolveStubOptions(undefined, empty)).toEqual({
      credential: undefined,
      base: 'api.clarifai.com',
      baseSource: 'default',
      rootCertificates: undefined,
      rootCertificatesSource: 'CLARIFAI_ROOT_CERTIFICATES_PATH',
      allowInsecure: false,
      maxReceiveBytes: 135266304,
      keepaliveMs: 90_000,
      connections: { max: 8, maxCalls: 100, maxAgeMs: 1_800_000, maxIdleMs: 240_000 },
      requestIdPrefix: expect.stringMatching(/^sdk-nodejs-grpc-\d+\.\d+\.\d+$/) as string,
      interceptors: [],
    });
  });

  test('cannot be changed once they are resolved', () => {
    expect(Object.isFrozen(resolveStubOptions({}, empty))).toBe(true);
  });

  test('take undefined as the default and null as off', () => {
    expect(resolveStubOptions({ keepaliveMs: undefined }, empty).keepaliveMs).toBe(90_000);
    expect(resolveStubOptions({ keepaliveMs: null }, empty).keepaliveMs).toBeNull();
  });

  test.each([
    [{ bsae: 'x' }, 'Unknown name `bsae` in `options`: did you mean `base`?'],
    [{ keepAliveMs: 5 }, 'did you mean `keepaliveMs`?'],
    [{ userId: 'me' }, 'Unknown name `userId` in `options`'],
    [null, 'Expected `options` to be an object, got `null`'],
    ['key', 'Expected `options` to be an object'],
    [{ base: '' }, 'Expected `base` to be a non-empty string'],
    [{ base: 5 }, 'Expected `base` to be a non-empty string, got `5` (number)'],
    [{ allowInsecure: 'yes' }, 'Expected `allowInsecure` to be a boolean, got `"yes"` (string)'],
    [{ maxReceiveBytes: 0 }, 'Expected `maxReceiveBytes` to be an integer from 1 to 2147483647, got `0` (number)'],
    [{ maxReceiveBytes: NaN }, 'got `NaN` (number)'],
    [{ keepaliveMs: 0 }, 'Expected `keepaliveMs` to be milliseconds from 1 to'],
    [{ requestIdPrefix: 'a b' }, 'Expected `requestIdPrefix` to be printable ASCII without spaces'],
    [{ interceptors: {} }, 'Expected `interceptors` to be an array of grpc-js interceptors'],
    [{ interceptors: [5] }, 'Expected `interceptors[0]` to be a function, got `5` (number)'],
    [{ rootCertificates: '' }, 'Expected `rootCertificates` to be certificates in PEM'],
  ])('are checked at once: %p', (options, message) => {
    expect(() => resolveStubOptions(wrong(options), empty)).toThrow(message);
  });
});
