import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/index';
import { startConnectProxy } from '../peers/connect-proxy';
import { runPeer } from '../peers/run-peer';

// A name that no network knows: only a proxy can lead to it.
const host = 'clarifai.invalid';
const program = join(__dirname, 'proxied-call.cjs');

/** What a program prints whose only way out may be a proxy, and what the proxy was asked for. */
async function call(
  proxied: (proxy: string) => Readonly<Record<string, string>>,
): Promise<[string, readonly string[]]> {
  await using emulator = await startEmulator({ tls: { hostNames: [host] } });
  await using proxy = await startConnectProxy(emulator.port);
  const { stdout, stderr } = await runPeer(program, [`https://${host}`, emulator.rootCertificatesPath ?? ''], {
    cwd: __dirname,
    environment: { CLARIFAI_PAT: emulator.pat, ...proxied(proxy.url) },
  });
  return [(stdout + stderr).trim(), [...new Set(proxy.asked)]];
}

test.each(['grpc_proxy', 'https_proxy', 'http_proxy'])('a call goes through the proxy of %s', async (name) => {
  expect(await call((proxy) => ({ [name]: proxy }))).toEqual(['10000', [`${host}:443`]]);
});

test.each(['no_grpc_proxy', 'no_proxy'])('a call to a host of %s does not', async (name) => {
  expect(await call((proxy) => ({ https_proxy: proxy, [name]: `elsewhere.test,${host}` }))).toEqual([
    'UnavailableError',
    [],
  ]);
});
