import { Metadata } from '@grpc/grpc-js';
import { createAuth } from '../../../src/interceptors/auth';
import { clientInfo } from '../../../src/interceptors/client-info';
import { FixedCredential } from '../../../src/options/credential';
import type { Credential } from '../../../src/options/credential';

const base = clientInfo('sdk-test');
const never = (): boolean => false;
const key = new FixedCredential('key', 'my-pat');

const auth = (credential: Credential | undefined, mayAuthenticate = true) =>
  createAuth({ credential, base, mayAuthenticate });

function own(entries: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(entries)) metadata.set(name, value);
  return metadata;
}

describe('the metadata of an attempt', () => {
  it('holds a PAT or key after `Key` with a capital K, and the prefix of request ids', async () => {
    expect((await auth(key)(undefined, never)).getMap()).toEqual({
      authorization: 'Key my-pat',
      'x-clarifai-request-id-prefix': 'sdk-test',
    });
  });

  it('holds a session token instead of an authorization', async () => {
    const metadata = await auth(new FixedCredential('sessionToken', 'my-token'))(undefined, never);
    expect(metadata.getMap()).toEqual({
      'x-clarifai-session-token': 'my-token',
      'x-clarifai-request-id-prefix': 'sdk-test',
    });
  });

  it('is built once for a fixed credential', () => {
    const authenticate = auth(key);
    expect(authenticate(undefined, never)).toBe(authenticate(undefined, never));
  });

  it('holds what the caller gives with the call, in place of what has the same name', async () => {
    const authenticate = auth(key);
    const given = own({ 'x-clarifai-request-id-prefix': 'mine', 'x-other': '1' });
    expect((await authenticate(given, never)).getMap()).toEqual({
      authorization: 'Key my-pat',
      'x-clarifai-request-id-prefix': 'mine',
      'x-other': '1',
    });
    expect((await authenticate(undefined, never)).get('x-other')).toEqual([]);
  });

  it.each([{ authorization: 'Key other' }, { 'x-clarifai-session-token': 'other' }])(
    'holds no other credential than the one given with the call: %j',
    async (given) => {
      const metadata = await auth(key)(own(given), never);
      expect(metadata.getMap()).toEqual({ ...given, 'x-clarifai-request-id-prefix': 'sdk-test' });
    },
  );

  it('asks a token source before every attempt', async () => {
    let asked = 0;
    const authenticate = auth({ kind: 'source', token: async () => `pat-${++asked}` });
    expect((await authenticate(undefined, never)).get('authorization')).toEqual(['Key pat-1']);
    expect((await authenticate(undefined, never)).get('authorization')).toEqual(['Key pat-2']);
  });

  it.each<[string, () => string | Promise<string>]>([
    [
      'throws',
      () => {
        throw new Error('vault is closed');
      },
    ],
    ['rejects', () => Promise.reject(new Error('vault is closed'))],
  ])('is an AuthenticationError with the cause when the token source %s', async (_how, token) => {
    await expect(auth({ kind: 'source', token })(undefined, never)).rejects.toMatchObject({
      name: 'AuthenticationError',
      code: 'TOKEN_SOURCE_FAILED',
      cause: { message: 'vault is closed' },
    });
  });

  it.each(['', 'two words', 'line\nbreak', 5])('refuses a token like %j without showing it', async (token) => {
    const rejected = auth({ kind: 'source', token: () => token as string })(undefined, never);
    await expect(rejected).rejects.toMatchObject({ code: 'TOKEN_SOURCE_FAILED' });
    await expect(rejected).rejects.not.toMatchObject({ message: expect.stringMatching(/two words|line/) as string });
  });

  it('is refused without a credential, unless the RPC can do without', () => {
    expect(() => auth(undefined)(undefined, never)).toThrow(
      expect.objectContaining({ name: 'AuthenticationError', code: 'CREDENTIAL_MISSING' }),
    );
    expect((auth(undefined)(undefined, () => true) as Metadata).getMap()).toEqual({
      'x-clarifai-request-id-prefix': 'sdk-test',
    });
  });

  it('holds no credential in plaintext to another machine: neither the own one nor one given with a call', () => {
    const insecure = expect.objectContaining({ name: 'InvalidRequestError', code: 'INSECURE_CREDENTIAL' });
    expect(() => auth(key, false)).toThrow(insecure);
    expect(() => auth(undefined, false)(own({ authorization: 'Key other' }), never)).toThrow(insecure);
  });
});
