import { createManualClock } from '../../src/emulator/index';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const image = (id: string) => ({ id, data: { image: { url: `https://samples.clarifai.com/${id}.jpg` } } });
const getUser = () =>
  harness.client.call('GetUser', {}).then(
    ({ status }) => status?.code,
    ({ code }: { code: number }) => -code,
  );
const post = (...ids: string[]) =>
  harness.client.call('PostInputs', { userAppId: harness.userAppId, inputs: ids.map(image) });
const stored = async () =>
  (await harness.client.call('ListInputs', { userAppId: harness.userAppId })).inputs.map(({ id }) => id);

it('plays the steps of a script in order, one per call, and then behaves', async () => {
  harness.emulator.script('GetUser', [14, { status: 11005 }, 'ok', { grpc: 8, details: 'slow down' }]);
  const results = [];
  for (let n = 0; n < 6; n++) results.push(await getUser());
  expect(results).toEqual([-14, 11005, 10000, -8, 10000, 10000]);
});

it('plays one script after another, and each method its own', async () => {
  harness.emulator.script('GetUser', [14]);
  harness.emulator.script('GetUser', [13]);
  harness.emulator.script('ListInputs', [4]);
  expect([await getUser(), await getUser(), await getUser()]).toEqual([-14, -13, 10000]);
  await expect(stored()).rejects.toMatchObject({ code: 4 });
});

it('answers a scripted status in the service’s words, with nothing done', async () => {
  harness.emulator.script('PostInputs', [
    { status: 11005 },
    { status: 21351, description: 'Wait', details: 'loading' },
  ]);
  expect((await post('a')).status).toMatchObject({
    code: 11005,
    description: 'Making too many requests',
    details: 'exceeded limit of 15 requests per second',
  });
  expect((await post('a')).status).toMatchObject({ code: 21351, description: 'Wait', details: 'loading' });
  expect(await stored()).toEqual([]);
});

it('sends trailing metadata with a scripted gRPC failure', async () => {
  harness.emulator.script('GetUser', [{ grpc: 14, metadata: { 'grpc-retry-pushback-ms': '7' } }]);
  const failure = await harness.client
    .call('GetUser', {})
    .catch((error: { metadata: { get(name: string): string[] } }) => error);
  expect('metadata' in failure && failure.metadata.get('grpc-retry-pushback-ms')).toEqual(['7']);
});

it('does the work and loses the answer when it drops after the commit', async () => {
  harness.emulator.script('PostInputs', [{ dropAfterCommit: true }]);
  await expect(post('a')).rejects.toMatchObject({ code: 14 });
  expect(await stored()).toEqual(['a']);
});

it('fails single inputs, and only those', async () => {
  harness.emulator.script('PostInputs', [{ items: { 1: 30104 } }]);
  const answer = await post('a', 'b', 'c');
  expect(answer.status?.code).toBe(10010);
  expect(answer.inputs.map(({ status }) => status?.code)).toEqual([30001, 30104, 30001]);
  expect(await stored()).toEqual(['a', 'c']);
  harness.emulator.script('PostModelOutputs', [{ items: { 0: 30002 } }]);
  const inputs = [image('a'), image('b')];
  const predicted = await harness.client.call('PostModelOutputs', {
    userAppId: harness.userAppId,
    modelId: 'color-recognition',
    inputs,
  });
  expect(predicted.outputs.map(({ status }) => status?.code)).toEqual([30002, 10000]);
});

it('decides what becomes of single inputs later: pending or in progress for ever, or failed', async () => {
  await using timed = await startHarness({ clock: createManualClock() });
  const { client, emulator, userAppId } = timed;
  emulator.script('PostInputs', [{ items: { 0: 30001, 1: 30003, 2: 30002 } }]);
  const answer = await client.call('PostInputs', { userAppId, inputs: ['a', 'b', 'c', 'd'].map(image) });
  expect(answer.status?.code).toBe(10000);
  emulator.advance(1_000_000);
  const { inputs } = await client.call('ListInputs', { userAppId });
  expect(inputs.map(({ status }) => status?.code)).toEqual([30001, 30003, 30002, 30000]);
});

it('waits on the emulator’s clock', async () => {
  await using timed = await startHarness({ clock: createManualClock() });
  timed.emulator.script('GetUser', [{ latencyMs: 60_000 }]);
  let isDone = false;
  const call = timed.client.call('GetUser', {}).then((answer) => {
    isDone = true;
    return answer.status?.code;
  });
  // A second call on the same connection that is answered shows that the first one could have been.
  await timed.client.call('GetApp', { userAppId: timed.userAppId });
  expect(isDone).toBe(false);
  timed.emulator.advance(60_000);
  expect(await call).toBe(10000);
});

it('cuts a stream after some messages', async () => {
  harness.emulator.script('GenerateModelOutputs', [{ cutAfter: 2 }, { cutAfter: 0, grpc: 13, details: 'gone' }]);
  const request = {
    userAppId: harness.userAppId,
    modelId: 'synthetic-text-generation',
    inputs: [{ data: { text: { raw: 'a b c' } } }],
  };
  const receive = async () => {
    let received = 0;
    try {
      for await (const _message of harness.client.stream('GenerateModelOutputs', [request])) received++;
    } catch (error) {
      return [received, (error as { code: number }).code];
    }
    return [received, 0];
  };
  expect(await receive()).toEqual([2, 14]);
  expect(await receive()).toEqual([0, 13]);
  expect(await receive()).toEqual([5, 0]);
});

it('follows a rule until it is removed, scripted steps first', async () => {
  const rule = harness.emulator.rule('GetUser', { status: 11005 });
  harness.emulator.script('GetUser', ['ok']);
  expect([await getUser(), await getUser(), await getUser()]).toEqual([10000, 11005, 11005]);
  rule.remove();
  expect(await getUser()).toBe(10000);
});

it('lets RPCs be scripted that it does not implement', async () => {
  harness.emulator.script('PostAnnotations', [{ status: 24155 }]);
  expect((await harness.client.call('PostAnnotations', { userAppId: harness.userAppId })).status?.code).toBe(24155);
});

it('knows which steps are left', async () => {
  const { emulator } = harness;
  expect(() => emulator.assertNoPending()).not.toThrow();
  emulator.script('GetUser', [14, 14]);
  await getUser();
  expect(emulator.pendingScripts()).toEqual([{ method: 'GetUser', steps: 1 }]);
  expect(() => emulator.assertNoPending()).toThrow('GetUser (1)');
});

it.each([
  ['NoSuchMethod', ['ok'], 'method'],
  ['GetUser', 14, 'steps'],
  ['GetUser', [99], 'steps[0].grpc'],
  ['GetUser', ['ok', 0], 'steps[1].grpc'],
  ['GetUser', ['okay'], 'steps[0]'],
  ['GetUser', [null], 'steps[0]'],
  ['GetUser', [{ status: 12 }], 'steps[0].status'],
  ['GetUser', [{ latency: 5 }], 'latency'],
  ['GetUser', [{ latencyMs: -5 }], 'steps[0].latencyMs'],
  ['GetUser', [{ items: { 1: 30104 } }], 'steps[0].items'],
  ['PostInputs', [{ items: { x: 30104 } }], 'steps[0].items'],
  ['GetUser', [{ cutAfter: 1 }], 'steps[0].cutAfter'],
])('refuses the script of %s with the steps %j', (method, steps, named) => {
  expect(() => harness.emulator.script(method as never, steps as never)).toThrow(named);
  expect(harness.emulator.pendingScripts()).toEqual([]);
});
