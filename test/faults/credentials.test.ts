import { createSecureServer } from 'node:http2';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { methods } from '../../generated/methods';
import { channelCredentials } from '../../src/channel/credentials';
import { resolveTarget } from '../../src/channel/target';
import { V2Stub } from '../../src/rpc/v2-stub';
import { frame } from './http2-server';

const certificatePath = join(__dirname, '../fixtures/tls/localhost.cert.pem');
const certificate = readFileSync(certificatePath);
const key = readFileSync(join(__dirname, '../fixtures/tls/localhost.key.pem'));
const secure = resolveTarget('https://localhost');

async function startTlsServer(): Promise<{ readonly base: string } & AsyncDisposable> {
  const server = createSecureServer({ cert: certificate, key });
  server.on('sessionError', () => undefined);
  server.on('stream', (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(frame(methods.GetInput.response().encode({ status: { code: 10000 } })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `https://localhost:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

describe('the root certificates', () => {
  it.each([
    ['a path', certificatePath],
    ['PEM text', certificate.toString()],
    ['PEM bytes', certificate],
  ])('may be given as %s', async (_form, rootCertificates) => {
    await using server = await startTlsServer();
    await using stub = new V2Stub({ base: server.base, pat: 'pat-of-a-test', rootCertificates });
    expect(await stub.GetInput({ inputId: 'i' }, { timeoutMs: 5000 })).toMatchObject({ status: { code: 10000 } });
  });

  it('are needed for a server that nobody vouches for: TLS_FAILED, which is not tried again', async () => {
    await using server = await startTlsServer();
    await using stub = new V2Stub({ base: server.base, pat: 'pat-of-a-test' });
    await expect(stub.GetInput({ inputId: 'i' }, { timeoutMs: 5000 })).rejects.toMatchObject({
      name: 'UnavailableError',
      code: 'TLS_FAILED',
      category: 'fatal',
    });
  });

  it.each([
    ['a file that is not there', '/nowhere/roots.pem'],
    ['a file without certificates', __filename],
    ['text that is no certificate', '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----'],
    ['bytes that are no certificate', new Uint8Array(3)],
  ])('are refused at once when they are %s', (_what, rootCertificates) => {
    expect(() => channelCredentials(secure, rootCertificates, 'CLARIFAI_ROOT_CERTIFICATES_PATH')).toThrow(
      expect.objectContaining({
        name: 'InvalidRequestError',
        message: expect.stringMatching(
          /^Expected `CLARIFAI_ROOT_CERTIFICATES_PATH` to be certificates in PEM/,
        ) as string,
      }),
    );
  });

  it('are not looked at without TLS', () => {
    expect(channelCredentials(resolveTarget('http://localhost'), '/nowhere/roots.pem')).toBeDefined();
  });
});
