// The flows that the official SDK, the package clarifai-nodejs, documents for each of its classes, against the emulator. The
// SDK dials api.clarifai.com: a proxy brings it here, and a CA lets it trust what it finds.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modelMethod, startEmulator } from '../../src/emulator/index';
import { startConnectProxy } from './connect-proxy';
import { runMocha } from './run-mocha';
import { installPeers } from './run-peer';

const folder = join(__dirname, 'clarifai-nodejs');
const photograph = join(dirname(require.resolve('clarifai-nodejs-grpc')), '../tests/assets/metro-north.jpg');

/** A model that the SDK can call by the names of its methods. */
const methods = {
  predict: modelMethod({
    input: { prompt: 'str', loud: { optional: 'bool', default: false } },
    output: 'str',
    predict: ({ prompt, loud }) => (loud ? prompt.toUpperCase() : prompt),
  }),
  generate: modelMethod({
    input: { prompt: 'str' },
    output: 'str',
    generate: ({ prompt }) => prompt.split(' '),
  }),
};

beforeAll(installPeers);

test.each(['User', 'App', 'Input', 'Dataset', 'Model', 'Workflow', 'Search'])(
  '%s of the official SDK does what its documentation says',
  async (name) => {
    const suite = join(folder, `${name.toLowerCase()}.spec.cjs`);
    const written = readFileSync(suite, 'utf8').match(/^ +it\(/gm)?.length;
    await using emulator = await startEmulator({ tls: { hostNames: ['api.clarifai.com'] }, storeBytes: true });
    emulator.model({ id: 'assistant', methods });
    await using proxy = await startConnectProxy(emulator.port);
    const { passes, failures } = await runMocha(suite, {
      cwd: folder,
      environment: {
        CLARIFAI_PAT: emulator.pat,
        CLARIFAI_USER_ID: emulator.userId,
        CLARIFAI_APP_ID: emulator.appId,
        PHOTOGRAPH: photograph,
        https_proxy: proxy.url,
        GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: emulator.rootCertificatesPath ?? '',
      },
    });

    expect(failures).toEqual([]);
    expect(passes).toBe(written);
    expect(new Set(proxy.asked)).toEqual(new Set(['api.clarifai.com:443']));
  },
);
