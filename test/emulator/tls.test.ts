import { existsSync, readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { Clarifai } from '../../src/index';
import { V2Stub } from '../../src/rpc/index';
import { startEmulator } from '../../src/emulator/index';

it('serves clients that trust its CA, by the options that it hands out', async () => {
  await using emulator = await startEmulator({ tls: true });
  expect(emulator.base).toMatch(/^https:\/\/localhost:\d+$/);
  await using stub = new V2Stub(emulator.stubOptions);
  expect((await stub.GetUser({})).status?.code).toBe(10000);
  await using clarifai = new Clarifai(emulator.clientOptions);
  const [outcome] = await clarifai.postModelOutputs({
    model: 'general-image-recognition',
    inputs: ['https://samples.clarifai.com/dog2.jpeg'],
  });
  expect(outcome?.ok).toBe(true);
});

it('is not trusted without it', async () => {
  await using emulator = await startEmulator({ tls: true });
  await using other = await startEmulator({ tls: true });
  for (const rootCertificates of [undefined, other.rootCertificates]) {
    await using stub = new V2Stub({ ...emulator.stubOptions, rootCertificates });
    await expect(stub.GetUser({}, { timeoutMs: 5000 })).rejects.toMatchObject({ name: 'UnavailableError' });
  }
});

it('has a certificate for localhost, loopback and the host names that it is told', async () => {
  await using emulator = await startEmulator({ tls: { hostNames: ['api.clarifai.com'] } });
  for (const servername of ['localhost', 'api.clarifai.com', '127.0.0.1']) {
    const socket = connectTls({
      port: emulator.port,
      host: '127.0.0.1',
      ca: emulator.rootCertificates,
      ALPNProtocols: ['h2'],
      ...(servername !== '127.0.0.1' && { servername }),
    });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    expect(socket.alpnProtocol).toBe('h2');
    socket.destroy();
  }
});

it('keeps the CA in a file until it is closed', async () => {
  const emulator = await startEmulator({ tls: true });
  const path = emulator.rootCertificatesPath ?? '';
  expect(readFileSync(path, 'utf8')).toBe(emulator.rootCertificates);
  expect(emulator.rootCertificates).toMatch(/^-----BEGIN CERTIFICATE-----/);
  await emulator.close();
  expect(existsSync(path)).toBe(false);
});

it('survives clients that do not speak TLS', async () => {
  await using emulator = await startEmulator({ tls: true });
  await using plain = new V2Stub({ pat: emulator.pat, base: emulator.base.replace('https', 'http') });
  await expect(plain.GetUser({}, { timeoutMs: 5000 })).rejects.toMatchObject({ name: 'UnavailableError' });
  await using stub = new V2Stub(emulator.stubOptions);
  expect((await stub.GetUser({})).status?.code).toBe(10000);
});

it('has no CA without TLS', async () => {
  await using emulator = await startEmulator();
  expect([emulator.rootCertificates, emulator.rootCertificatesPath]).toEqual([undefined, undefined]);
  expect(emulator.clientOptions).not.toHaveProperty('rootCertificates');
});

it.each([
  [{ tls: 'yes' as never }, 'options.tls'],
  [{ tls: { hostnames: [] } as never }, 'hostNames'],
  [{ tls: { hostNames: [''] } }, 'options.tls.hostNames[0]'],
  [{ tls: { hostNames: 'a.b' as never } }, 'options.tls.hostNames'],
])('refuses to start with %j', async (options, named) => {
  await expect(startEmulator(options)).rejects.toThrow(named);
});
