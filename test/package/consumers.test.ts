import { install, subpaths } from './consumer';
import { Folder } from './folder';

const folder = new Folder();

beforeAll(() => install(folder));
afterAll(() => folder.remove());

test('an ES module imports every subpath by name, and gets the classes that require gives', async () => {
  folder.write(
    'esm.mjs',
    `import assert from 'node:assert/strict';
     import { createRequire } from 'node:module';
     const require = createRequire(import.meta.url);
     for (const subpath of ${JSON.stringify(subpaths)}) {
       const imported = await import(subpath);
       const required = require(subpath);
       assert(Object.keys(required).length > 0, subpath);
       for (const name of Object.keys(required)) assert.equal(imported[name], required[name], subpath + ' ' + name);
     }
     const { ClarifaiError } = await import('clarifai-grpc');
     const { V2Stub } = await import('clarifai-grpc/rpc');
     const { startEmulator } = await import('clarifai-grpc/emulator');
     const emulator = await startEmulator();
     const stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
     await stub.close();
     await assert.rejects(async () => stub.ListInputs({}), ClarifaiError);
     await emulator.close();`,
  );
  expect(await folder.node(['esm.mjs'])).toEqual({ status: 0, output: '' });
});

test('a name that two subpaths export is one and the same', async () => {
  folder.write(
    'same.cjs',
    `const assert = require('node:assert/strict');
     const seen = new Map();
     for (const subpath of ${JSON.stringify(subpaths)}) {
       for (const [name, value] of Object.entries(require(subpath))) {
         if (seen.has(name)) assert.equal(seen.get(name), value, subpath + ' ' + name);
         seen.set(name, value);
       }
     }`,
  );
  expect(await folder.node(['same.cjs'])).toEqual({ status: 0, output: '' });
});

test('no subpath is reachable that is not exported', async () => {
  const run = await folder.node(['-e', `require('clarifai-grpc/dist/index.js')`]);
  expect(run.output).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
});

test('loading the package writes nothing, starts nothing and changes nothing in the process', async () => {
  folder.write(
    'quiet.cjs',
    `const assert = require('node:assert/strict');
     const before = { env: { ...process.env }, globals: Object.getOwnPropertyNames(globalThis), listeners: process.eventNames() };
     for (const subpath of ${JSON.stringify(subpaths)}) require(subpath);
     const after = { env: { ...process.env }, globals: Object.getOwnPropertyNames(globalThis), listeners: process.eventNames() };
     assert.deepEqual(after, before);
     assert.deepEqual(process.getActiveResourcesInfo().filter((name) => !/Pipe|TTY|File/.test(name)), []);`,
  );
  expect(await folder.node(['quiet.cjs'])).toEqual({ status: 0, output: '' });
});

test('a prediction reads neither ingestion, sources, reflection and the emulator nor the codecs of other RPCs', async () => {
  folder.write(
    'lazy.cjs',
    `const { basename } = require('node:path');
     const { Clarifai } = require('clarifai-grpc');
     // A server that says nothing: the call neither ends nor fails.
     const server = require('node:net').createServer().listen(0, '127.0.0.1', () => {
       const base = 'http://127.0.0.1:' + server.address().port;
       const clarifai = new Clarifai({ base, pat: 'pat-of-a-test', userId: 'u', appId: 'a' });
       void clarifai.postModelOutputs({ model: 'm', inputs: ['https://a.test/b.jpg'] });
       setTimeout(() => {
         const loaded = Object.keys(require.cache).filter((file) => /clarifai-grpc.dist/.test(file));
         console.log(loaded.map((file) => basename(file)).sort().join(' '));
         process.exit();
       });
     });`,
  );
  expect(await folder.node(['lazy.cjs'])).toEqual({
    status: 0,
    output: 'client.js codecs.js core.js index.js\n',
  });
});

test('an ES module that imports a subpath reads no code that only some of its calls need, and none of another', async () => {
  const others = '(emulator|python|porter|otel|cli|shell|commands|ingestion|resources|failures|reflection|decoders)';
  const readBy = (subpath: string): string =>
    `import('${subpath}').then(() => console.log(Object.keys(require.cache).filter((file) => /dist.${others}[.]js$/.test(file))))`;
  for (const subpath of ['clarifai-grpc', 'clarifai-grpc/rpc']) {
    expect(await folder.node(['-e', readBy(subpath)])).toEqual({ status: 0, output: '[]\n' });
  }
});

test('Jest runs the package as it is, without any configuration', async () => {
  folder.write(
    'sample.test.js',
    `test.each(${JSON.stringify(subpaths)})('%s loads', (subpath) => {
       expect(Object.keys(require(subpath))).not.toEqual([]);
     });
     test('the emulator answers the client', async () => {
       const { startEmulator } = require('clarifai-grpc/emulator');
       const { V2Stub } = require('clarifai-grpc/rpc');
       const emulator = await startEmulator();
       const stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
       const response = await stub.ListInputs({ userAppId: { userId: emulator.userId, appId: emulator.appId } });
       expect(response.status.code).toBe(10000);
       await stub.close();
       await emulator.close();
     });`,
  );
  const run = await folder.tool('jest/bin/jest.js', ['--rootDir', folder.path]);
  expect(run.output).toContain(`Tests:       ${subpaths.length + 1} passed`);
  expect(run.status).toBe(0);
});

describe('TypeScript', () => {
  const sample = `
    import { Clarifai, ClarifaiError, type ClientOptions } from 'clarifai-grpc';
    import { V2Stub, type RpcOptions } from 'clarifai-grpc/rpc';
    import { startEmulator, type Emulator } from 'clarifai-grpc/emulator';
    import { ClarifaiChannel, resources_pb2, service_pb2, service_pb2_grpc, Struct } from 'clarifai-grpc/python';

    export async function main(): Promise<string> {
      const emulator: Emulator = await startEmulator();
      const options: ClientOptions = { ...emulator.clientOptions };
      const clarifai = new Clarifai(options);
      const stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
      const call: RpcOptions = { timeoutMs: 1000, signal: new AbortController().signal };
      try {
        const { status } = await stub.GetModel({ modelId: 'm' }, call);
        return status?.description ?? 'no status';
      } catch (error) {
        return error instanceof ClarifaiError ? error.code : 'unknown';
      } finally {
        await stub.close();
        await clarifai.close();
        await emulator.close();
      }
    }

    export async function ported(base: string): Promise<bigint> {
      const stub = service_pb2_grpc.V2Stub(ClarifaiChannel.get_grpc_channel(base));
      const metadata = Struct();
      metadata.update({ size: 100 });
      const input = resources_pb2.Input({ data: resources_pb2.Data({ metadata }) });
      const answer = await stub.PostInputs(service_pb2.PostInputsRequest({ inputs: [input] }), { metadata: [['a', 'b']] });
      return answer.inputs.map(({ created_at }) => created_at.seconds)[0] ?? 0n;
    }

    // @ts-expect-error a misspelt field is a type error
    export const misspelt = (stub: V2Stub) => stub.PostInputs({ inputs: [{ data: { imag: {} } }] });
  `;
  const strict = { strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true };

  test.each([
    ['an ES module under nodenext', 'sample.mts', { module: 'nodenext', target: 'es2022', types: ['node'] }],
    ['a CommonJS module under nodenext', 'sample.cts', { module: 'nodenext', target: 'es2022', types: ['node'] }],
    ['a bundler', 'sample.ts', { module: 'esnext', moduleResolution: 'bundler', target: 'es2022', types: ['node'] }],
    ['a bundler without Node types', 'sample.ts', { module: 'esnext', moduleResolution: 'bundler', types: [] }],
  ])('%s compiles against the package, library check included', async (_who, file, options) => {
    folder.write(file, sample);
    folder.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...strict, ...options }, files: [file] }));
    const run = await folder.tool('typescript/bin/tsc', ['-p', 'tsconfig.json', '--pretty', 'false']);
    // Other packages answer for their own types.
    const complaints = run.output.split('\n').filter((line) => /^(sample|node_modules\/clarifai-grpc\/)/.test(line));
    expect(complaints).toEqual([]);
  });
});
