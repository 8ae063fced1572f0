import { connect, constants } from 'node:http2';
import { createManualClock } from '../../src/emulator/index';
import { startHarness } from './harness';
import { RawClient, patHeaders } from './raw-client';

const input = (id: string) => ({ id, data: { text: { raw: 'x' } } });
const codeOf = (failure: { code: number }) => failure.code;

// What gRPC's protocol makes of HTTP/2 codes; REFUSED_STREAM is left out, as clients try that again by themselves.
it.each([
  [constants.NGHTTP2_CANCEL, 1],
  [constants.NGHTTP2_ENHANCE_YOUR_CALM, 8],
  [constants.NGHTTP2_INTERNAL_ERROR, 13],
])('resets the stream with HTTP/2 code %i, which clients see as gRPC code %i', async (reset, expected) => {
  await using harness = await startHarness();
  harness.emulator.script('DeleteInput', [{ reset }]);
  await expect(harness.client.call('DeleteInput', {}).catch(codeOf)).resolves.toBe(expected);
  expect(harness.emulator.requests()[0]?.grpcCode).toBeUndefined();
});

it('closes the connection and with it every call on it', async () => {
  await using harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  emulator.script('GetApp', [{ blackHole: true }]);
  emulator.script('GetUser', [{ disconnect: true }]);
  const other = client.call('GetApp', { userAppId }).catch(codeOf);
  while (emulator.requests({ method: 'GetApp' }).length === 0) await client.call('ListConcepts', { userAppId });
  expect(await client.call('GetUser', {}).catch(codeOf)).toBe(14);
  expect(await other).toBe(14);
});

it('does the work and then breaks the connection', async () => {
  await using harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  emulator.script('PostInputs', [
    { disconnect: true, dropAfterCommit: true },
    { grpc: 13, dropAfterCommit: true },
  ]);
  expect(await client.call('PostInputs', { userAppId, inputs: [input('a')] }).catch(codeOf)).toBe(14);
  expect(await client.call('PostInputs', { userAppId, inputs: [input('b')] }).catch(codeOf)).toBe(13);
  expect((await client.call('ListInputs', { userAppId })).inputs.map(({ id }) => id)).toEqual(['a', 'b']);
});

it('cuts a stream by resetting it', async () => {
  await using harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  emulator.script('GenerateModelOutputs', [{ cutAfter: 1, reset: constants.NGHTTP2_INTERNAL_ERROR }]);
  const inputs = [{ data: { text: { raw: 'a b c' } } }];
  let received = 0;
  const drain = async () => {
    const answers = client.stream('GenerateModelOutputs', [
      { userAppId, modelId: 'synthetic-text-generation', inputs },
    ]);
    for await (const _answer of answers) received++;
  };
  await expect(drain()).rejects.toMatchObject({ code: 13 });
  expect(received).toBe(1);
});

it('never answers in a black hole, while other calls on the connection go on', async () => {
  await using harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  emulator.script('GetUser', [{ blackHole: true }]);
  let isOver = false;
  const swallowed = client.call('GetUser', {}).catch((failure: { code: number }) => {
    isOver = true;
    return failure.code;
  });
  for (let n = 0; n < 20; n++) expect((await client.call('GetApp', { userAppId })).status?.code).toBe(10000);
  expect(isOver).toBe(false);
  await emulator.close();
  expect(await swallowed).toBe(14);
});

it('sends its clients away with GOAWAY, answering the call that is under way', async () => {
  await using harness = await startHarness();
  const { emulator } = harness;
  emulator.script('GetUser', [{ goAway: constants.NGHTTP2_NO_ERROR, latencyMs: 20 }]);
  const session = connect(emulator.base);
  const told = new Promise<number>((resolve) => session.once('goaway', resolve));
  const stream = session.request({
    ':method': 'POST',
    ':path': '/clarifai.api.V2/GetUser',
    'content-type': 'application/grpc',
    te: 'trailers',
    authorization: `Key ${emulator.pat}`,
  });
  const status = new Promise((resolve) => stream.once('trailers', (trailers) => resolve(trailers['grpc-status'])));
  stream.resume();
  stream.end(Buffer.alloc(5));
  expect(await told).toBe(constants.NGHTTP2_NO_ERROR);
  expect(await status).toBe('0');
  session.close();
});

it('goes on serving clients that come back after GOAWAY', async () => {
  await using harness = await startHarness();
  harness.emulator.script('GetUser', [{ goAway: 0 }, { goAway: constants.NGHTTP2_ENHANCE_YOUR_CALM, latencyMs: 1000 }]);
  expect((await harness.client.call('GetUser', {})).status?.code).toBe(10000);
  expect(await harness.client.call('GetUser', {}).catch(codeOf)).toBe(8);
  expect((await harness.client.call('GetUser', {})).status?.code).toBe(10000);
});

it('lets an answer trickle on its clock', async () => {
  const clock = createManualClock();
  await using harness = await startHarness({ clock });
  const { client, emulator, userAppId } = harness;
  emulator.script('ListInputs', [{ bytesPerSecond: 100 }]);
  let isDone = false;
  const slow = client.call('ListInputs', { userAppId }).then((answer) => {
    isDone = true;
    return answer.status?.code;
  });
  let advances = 0;
  while (!isDone && advances++ < 1000) {
    emulator.advance(100);
    await client.call('GetApp', { userAppId });
  }
  expect(await slow).toBe(10000);
  expect(advances).toBeGreaterThan(3);
});

it('fails a share of the calls by a rule, the same ones in every run with the same seed', async () => {
  const outcomes = async () => {
    await using harness = await startHarness({ seed: 5 });
    harness.emulator.rule('GetUser', { grpc: 14, percent: 25 });
    const codes: number[] = [];
    for (let n = 0; n < 200; n++) codes.push(await harness.client.call('GetUser', {}).then(() => 0, codeOf));
    return codes;
  };
  const codes = await outcomes();
  const failed = codes.filter((code) => code === 14).length;
  expect(failed).toBeGreaterThan(20);
  expect(failed).toBeLessThan(90);
  expect(await outcomes()).toEqual(codes);
});

it('follows the latest rule that applies', async () => {
  await using harness = await startHarness();
  harness.emulator.rule('GetUser', { grpc: 13 });
  harness.emulator.rule('GetUser', { grpc: 14, percent: 0 });
  expect(await harness.client.call('GetUser', {}).catch(codeOf)).toBe(13);
});

it('answers 11005 to requests above its rate, for each user, until time has made room for more', async () => {
  await using harness = await startHarness({ requestsPerSecond: 15, clock: createManualClock() });
  const { client, emulator } = harness;
  const burst = () => Promise.all(Array.from({ length: 20 }, async () => (await client.call('GetUser', {})).status));
  const statuses = await burst();
  expect(statuses.filter((status) => status?.code === 10000)).toHaveLength(15);
  expect(statuses.at(-1)).toMatchObject({
    code: 11005,
    description: 'Making too many requests',
    details: 'exceeded limit of 15 requests per second',
  });
  emulator.advance(60);
  expect((await client.call('GetUser', {})).status?.code).toBe(11005);
  emulator.advance(10);
  expect((await client.call('GetUser', {})).status?.code).toBe(10000);
  emulator.advance(1000);
  expect((await burst()).filter((status) => status?.code === 10000)).toHaveLength(15);
  emulator.reset();
  expect((await client.call('GetUser', {})).status?.code).toBe(10000);
});

it.each([
  [{ reset: 14 }, 'steps[0].reset'],
  [{ goAway: -1 }, 'steps[0].goAway'],
  [{ reset: 7, grpc: 14 }, 'only one of grpc, reset'],
  [{ disconnect: false }, 'steps[0].disconnect'],
  [{ bytesPerSecond: 0 }, 'steps[0].bytesPerSecond'],
  [{ percent: 50, grpc: 14 }, 'steps[0].percent'],
  [{ percent: 101, grpc: 14 }, 'steps[0].percent'],
])('refuses the step %j', async (step, named) => {
  await using harness = await startHarness();
  expect(() => harness.emulator.script('GetUser', [step as never])).toThrow(named);
});

it('ends a call whose deadline has passed, whether or not the client does', async () => {
  await using harness = await startHarness();
  harness.emulator.script('GetUser', [{ latencyMs: 600_000 }]);
  const headers = { ...patHeaders(harness.emulator.pat), 'grpc-timeout': '20m' };
  const client = new RawClient(harness.emulator.base, headers);
  await expect(client.call('GetUser', {})).rejects.toMatchObject({ code: 4 });
  client.close();
});
