import { inspect } from 'node:util';
import { resolveTarget } from '../../src/channel/target';
import { Clarifai } from '../../src/client';
import type { ClientOptions, StubOptions } from '../../src/options/client-options';
import { readEnvironment } from '../../src/options/environment';
import { resolveCallOptions } from '../../src/options/resolve-call-options';
import { resolveStubOptions } from '../../src/options/resolve-stub-options';
import type { MetadataInit } from '../../src/options/rpc-options';
import { toMetadata } from '../../src/rpc/metadata';
import { V2Stub } from '../../src/rpc/v2-stub';

const secret = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const keyPem = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`;

/** As a caller without types would write it. */
const client = (options: unknown): unknown => new Clarifai(options as ClientOptions);
const stub = (options: unknown): unknown => new V2Stub(options as StubOptions);
const metadata = (init: unknown): unknown => toMetadata(init as MetadataInit);
const callMetadata = (init: unknown): unknown => resolveCallOptions(undefined, { metadata: init as MetadataInit });
const environment = (variables: Record<string, string>): unknown => resolveStubOptions({}, readEnvironment(variables));

/** Everything that a log may print of an error. */
function printed(error: unknown): string {
  const { message, stack, cause } = error as Error;
  const all = [inspect(error, { depth: Infinity, showHidden: true }), message, JSON.stringify(error), stack];
  return [...all, cause === undefined ? '' : printed(cause)].join('\n');
}

describe('an error about a secret in the wrong place', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['a credential for the options of a client', () => client(secret), /`options` to be an object/],
    ['a credential for the options of a stub', () => stub(secret), /`options` to be an object/],
    ['a credential for the defaults', () => client({ pat: 'p', defaults: secret }), /`defaults` to be an object/],
    ['a credential for the options of a call', () => resolveCallOptions(undefined, secret as never), /`options` to be/],
    ['a credential for its source', () => stub({ token: secret }), /`token` to be a function/],
    ['a credential with its scheme', () => stub({ pat: `Key ${secret}` }), /`pat` to be the credential alone/],
    ['two credentials', () => stub({ pat: secret, apiKey: secret }), /`pat` and `apiKey`/],
    ['a credential of the environment', () => environment({ CLARIFAI_PAT: `Key ${secret}` }), /`CLARIFAI_PAT`/],
    ['a header for metadata', () => metadata(`Key ${secret}`), /`metadata` to be/],
    ['a header for the metadata of a call', () => callMetadata(`Key ${secret}`), /`metadata` to be/],
    ['headers for metadata', () => metadata([`authorization: Key ${secret}`]), /`metadata\[0\]` to be a pair/],
    ['a pair too long', () => metadata([['authorization', 'Key', secret]]), /`metadata\[0\]` to be a pair/],
    [
      'a name in metadata',
      () =>
        metadata([
          ['a', 'b'],
          [`Key ${secret}`, 'b'],
        ]),
      /name of `metadata\[1\]`/,
    ],
    ['a name in metadata as an object', () => metadata({ [`Key ${secret}`]: 'b' }), /name in `metadata`/],
    ['a pair the wrong way round', () => metadata([[secret, 5]]), /`metadata\[0\]` to be a string/],
    ['a value in metadata', () => metadata({ authorization: `Key ${secret}\n` }), /`metadata.authorization` to be a/],
    ['a user in a base', () => resolveTarget(`https://me:${secret}@host`), /https:\/\/\[redacted\]@host/],
    ['a user in a base without a scheme', () => stub({ pat: 'p', base: `me:${secret}@host` }), /`base`/],
    ['a user with signs in a base', () => resolveTarget(`http://me:a/${secret}@@b@host`), /redacted\]@host/],
    ['a query in a base', () => resolveTarget(`https://host/?token=${secret}`), /host\/\?\[redacted\]/],
    ['a key as certificates', () => stub({ pat: 'p', rootCertificates: keyPem }), /`rootCertificates` to be/],
    ['a key as bytes', () => stub({ pat: 'p', rootCertificates: Buffer.from(keyPem) }), /`rootCertificates` to be/],
    ['a key without its marks', () => stub({ pat: 'p', rootCertificates: secret }), /\(ENOENT\)/],
    ['a key in a list', () => stub({ pat: 'p', rootCertificates: [keyPem] }), /`rootCertificates` to be/],
    ['a key in an object', () => stub({ pat: 'p', rootCertificates: { keyPem } }), /`rootCertificates` to be/],
  ])('does not show it: %s', (_what, action, says) => {
    let thrown: unknown;
    try {
      action();
    } catch (error) {
      thrown = error;
    }
    expect(printed(thrown)).not.toContain(secret);
    expect((thrown as Error).message).toMatch(says);
    expect(thrown).toMatchObject({ name: 'InvalidRequestError' });
  });
});
