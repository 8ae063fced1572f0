// The official client's own integration tests, as its package carries them, against the emulator. They dial
// api.clarifai.com: a proxy brings them here, and a CA lets them trust what they find.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startEmulator } from '../../src/emulator/index';
import { startConnectProxy } from './connect-proxy';
import { runMocha } from './run-mocha';
import { installPeers } from './run-peer';

const packageFolder = join(dirname(require.resolve('clarifai-nodejs-grpc')), '..');
const suites = ['test_integration.js', 'test_integration_dynamic.js'];

beforeAll(installPeers);

test.each(suites)('%s of the official client passes unmodified', async (suite) => {
  const source = readFileSync(join(packageFolder, 'tests', suite), 'utf8');
  const written = source.match(/^ {4}it ?\(/gm)?.length;
  await using emulator = await startEmulator({ tls: { hostNames: ['api.clarifai.com'] } });
  await using proxy = await startConnectProxy(emulator.port);
  const { passes, failures, stderr } = await runMocha(join('tests', suite), {
    cwd: packageFolder,
    environment: {
      CLARIFAI_API_KEY: emulator.apiKey,
      https_proxy: proxy.url,
      GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: emulator.rootCertificatesPath ?? '',
    },
  });

  expect(failures).toEqual([]);
  expect(passes).toBe(written);
  expect(stderr).toBe('');
  // It was the emulator that they talked to, by the name of the service.
  expect(new Set(proxy.asked)).toEqual(new Set(['api.clarifai.com:443']));
  expect(emulator.requests().length).toBeGreaterThanOrEqual(passes);
});
