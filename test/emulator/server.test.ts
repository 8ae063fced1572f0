import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { once } from 'node:events';
import type { MethodName } from '../../generated/methods';
import { methods } from '../../generated/methods';
import { startEmulator } from '../../src/emulator/index';
import { startHarness } from './harness';
import { RawClient, patHeaders } from './raw-client';

it('answers every RPC of the service that it does not implement with UNIMPLEMENTED and its name', async () => {
  await using harness = await startHarness();
  let unimplemented = 0;
  for (const name of Object.keys(methods) as MethodName[]) {
    const { path, kind } = methods[name];
    if (kind !== 'unary') continue;
    const failure = await harness.client.bytes(path, new Uint8Array()).then(
      () => undefined,
      (error: { code: number; details: string }) => error,
    );
    if (failure === undefined) continue;
    unimplemented++;
    expect(failure).toMatchObject({ code: 12, details: `The emulator does not implement ${name}` });
  }
  expect(unimplemented).toBeLessThan(Object.keys(methods).length);
});

it('answers an unknown path with UNIMPLEMENTED', async () => {
  await using harness = await startHarness();
  await expect(harness.client.bytes('/clarifai.api.V2/NoSuchThing', new Uint8Array())).rejects.toMatchObject({
    code: 12,
  });
});

it('answers bytes that are no message with INTERNAL, and goes on serving', async () => {
  await using harness = await startHarness();
  const garbage = Buffer.from('ffffffffffffffffffffffff', 'hex');
  await expect(harness.client.bytes(methods.PostInputs.path, garbage)).rejects.toMatchObject({
    code: 13,
    details: expect.stringContaining('error unmarshalling request') as string,
  });
  expect((await harness.client.call('ListInputs', { userAppId: harness.userAppId })).status?.code).toBe(10000);
});

it('answers text that is not UTF-8 with INTERNAL', async () => {
  await using harness = await startHarness();
  const badName = Buffer.from([0x12, 2, 0xff, 0xfe]);
  await expect(harness.client.bytes(methods.GetModel.path, badName)).rejects.toMatchObject({ code: 13 });
});

it('survives connections that do not speak HTTP/2', async () => {
  await using harness = await startHarness();
  const socket = connect(harness.emulator.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\n\r\n');
  socket.resume();
  await once(socket, 'close');
  expect((await harness.client.call('ListInputs', { userAppId: harness.userAppId })).status?.code).toBe(10000);
});

it('answers a request over the size limit with RESOURCE_EXHAUSTED', async () => {
  await using harness = await startHarness({ limits: { maxRequestBytes: 1000 } });
  const image = { base64: new Uint8Array(2000) };
  const posting = harness.client.call('PostInputs', { userAppId: harness.userAppId, inputs: [{ data: { image } }] });
  await expect(posting).rejects.toMatchObject({
    code: 8,
    details: expect.stringContaining('larger than max') as string,
  });
});

it('puts the prefix that the client asks for before the request id', async () => {
  await using harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  const headers = { ...patHeaders(emulator.pat), 'x-clarifai-request-id-prefix': 'sdk-test-1' };
  expect((await client.call('GetApp', { userAppId }, headers)).status?.reqId).toMatch(/^sdk-test-1-[0-9a-f]{32}$/);
  expect((await client.call('GetApp', { userAppId })).status?.reqId).toMatch(/^[0-9a-f]{32}$/);
});

it('gives the same ids in every run with the same seed', async () => {
  const idOf = async () => {
    await using harness = await startHarness({ seed: 7 });
    const inputs = [{ data: { image: { url: 'https://samples.clarifai.com/a.jpg' } } }];
    const answer = await harness.client.call('PostInputs', { userAppId: harness.userAppId, inputs });
    return [harness.emulator.pat, answer.status?.reqId, answer.inputs[0]?.id];
  };
  expect(await idOf()).toEqual(await idOf());
});

it('shares nothing with another emulator', async () => {
  await using one = await startHarness();
  await using other = await startHarness();
  await one.client.call('PostConcepts', { userAppId: one.userAppId, concepts: [{ id: 'cat' }] });
  expect((await other.client.call('ListConcepts', { userAppId: other.userAppId })).concepts).toEqual([]);
  const withForeignPat = await other.client.call(
    'ListConcepts',
    { userAppId: other.userAppId },
    patHeaders(one.emulator.pat),
  );
  expect(withForeignPat.status?.code).toBe(11009);
});

it('closes at once, whatever connections and calls are open, and as often as asked', async () => {
  const emulator = await startEmulator();
  const client = new RawClient(emulator.base, patHeaders(emulator.pat));
  emulator.rule('GetUser', { latencyMs: 600_000 });
  const open = client.call('GetUser', {});
  const failure = open.catch((error: { code: number }) => error.code);
  while (emulator.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await emulator.close();
  await emulator.close();
  expect([1, 14]).toContain(await failure);
  client.close();
});

it('starts again from its first state when it is reset', async () => {
  await using harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  emulator.model({ id: 'mine', predict: () => ({}) });
  emulator.script('GetUser', [14]);
  await client.call('PostConcepts', { userAppId, concepts: [{ id: 'cat' }] });
  emulator.reset();
  expect(emulator.requests()).toEqual([]);
  expect(emulator.pendingScripts()).toEqual([]);
  expect((await client.call('ListConcepts', { userAppId })).concepts).toEqual([]);
  expect((await client.call('GetModel', { userAppId, modelId: 'mine' })).model?.id).toBe('mine');
});

it('does not keep a finished process alive', () => {
  const entry = JSON.stringify(require.resolve('../../dist/emulator.js'));
  const script = `require(${entry}).startEmulator().then((emulator) => process.stdout.write(emulator.base))`;
  const { status, stdout } = spawnSync(process.execPath, ['-e', script], { timeout: 20_000, encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it('says so when its port is taken', async () => {
  await using emulator = await startEmulator();
  await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it('listens on the port and host that it is told', async () => {
  const first = await startEmulator();
  await first.close();
  await using second = await startEmulator({ port: first.port, host: 'localhost' });
  expect(second.base).toBe(`http://localhost:${first.port}`);
});

it.each([
  [{ port: -1 }, 'options.port'],
  [{ port: 80.5 }, 'options.port'],
  [{ userId: '' }, 'options.userId'],
  [{ badUrlStatus: 'old' as never }, 'options.badUrlStatus'],
  [{ lifecycle: { pendingMs: Number.NaN } }, 'options.lifecycle.pendingMs'],
  [{ lifecycle: { pending: 5 } as never }, 'pending'],
  [{ ports: 80 } as never, 'ports'],
])('refuses to start with %j', async (options, named) => {
  await expect(startEmulator(options)).rejects.toMatchObject({
    name: 'InvalidRequestError',
    message: expect.stringContaining(named) as string,
  });
});
