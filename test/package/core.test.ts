import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install, subpaths } from './consumer';
import { Folder } from './folder';

const folder = new Folder();

beforeAll(() => install(folder, '--omit=optional'));
afterAll(() => folder.remove());

test('the optional packages are left out', async () => {
  expect(existsSync(join(folder.path, 'node_modules/jpeg-js'))).toBe(false);
});

test('without the optional packages every subpath loads, and a call is answered', async () => {
  folder.write(
    'core.cjs',
    `for (const subpath of ${JSON.stringify(subpaths)}) require(subpath);
     const { V2Stub } = require('clarifai-grpc/rpc');
     const { startEmulator } = require('clarifai-grpc/emulator');
     (async () => {
       const emulator = await startEmulator();
       const stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
       const answer = await stub.ListInputs({ userAppId: { userId: emulator.userId, appId: emulator.appId } });
       console.log(answer.status.code);
       await stub.close();
       await emulator.close();
     })();`,
  );
  expect(await folder.node(['core.cjs'])).toEqual({ status: 0, output: '10000\n' });
});

test('without its peer, clarifai-grpc/otel says what to install when it is used', async () => {
  const run = await folder.node(['-e', `require('clarifai-grpc/otel').instrument()`]);
  expect(run.output).toContain(
    'clarifai-grpc/otel needs the package @opentelemetry/api: npm install @opentelemetry/api',
  );
});
