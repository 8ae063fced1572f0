import { inspect } from 'node:util';
import { startHarness } from './harness';
import { patHeaders } from './raw-client';

const inputs = [{ id: 'a', data: { text: { raw: 'x' } } }];

it('remembers calls with their decoded requests and how they ended, oldest first', async () => {
  await using harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  emulator.script('GetUser', [14]);
  await client.call('PostInputs', { userAppId, inputs });
  await client.call('PostInputs', { userAppId, inputs });
  await client.call('GetUser', {}).catch(() => undefined);
  expect(emulator.requests().map(({ method, grpcCode, statusCode }) => [method, grpcCode, statusCode])).toEqual([
    ['PostInputs', 0, 10000],
    ['PostInputs', 0, 10020],
    ['GetUser', 14, undefined],
  ]);
  const [posted] = emulator.requests({ method: 'PostInputs' });
  expect(posted?.request?.inputs[0]?.data?.text?.raw).toBe('x');
  expect(posted?.timeMs).toBeLessThanOrEqual(Date.now());
});

it('remembers every message of a stream', async () => {
  await using harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  const request = { userAppId, modelId: 'synthetic-text-generation', inputs: [{ data: { text: { raw: 'a' } } }] };
  for await (const _answer of client.stream('StreamModelOutputs', [request, request, request]));
  expect(emulator.requests({ method: 'StreamModelOutputs' })[0]?.requests).toHaveLength(3);
});

it('shows no credential', async () => {
  await using harness = await startHarness();
  const { client, emulator } = harness;
  await client.call('GetUser', {}, { authorization: `Key ${emulator.pat}` });
  await client.call('GetUser', {}, { authorization: `${emulator.pat} ${emulator.pat}` });
  await client.call('GetUser', {}, { 'x-clarifai-session-token': emulator.sessionToken, 'x-other': 'seen' });
  const requests = emulator.requests();
  expect(requests[0]?.metadata['authorization']).toBe('Key [redacted]');
  expect(requests[2]?.metadata['x-other']).toBe('seen');
  const shown = inspect(requests, { depth: null }) + JSON.stringify(requests);
  expect(shown).not.toContain(emulator.pat);
  expect(shown).not.toContain(emulator.sessionToken);
});

it('forgets the oldest calls beyond its limits', async () => {
  await using few = await startHarness({ requestLog: { maxEntries: 10 } });
  for (let n = 0; n < 25; n++) await few.client.call('GetConcept', { userAppId: few.userAppId, conceptId: `c${n}` });
  const kept = few.emulator.requests({ method: 'GetConcept' }).map(({ request }) => request?.conceptId);
  expect(kept.length).toBeLessThanOrEqual(10);
  expect(kept.at(-1)).toBe('c24');

  await using small = await startHarness({ requestLog: { maxBytes: 100_000 } });
  const image = { base64: new Uint8Array(40_000) };
  for (let n = 0; n < 5; n++)
    await small.client.call('PostInputs', { userAppId: small.userAppId, inputs: [{ data: { image } }] });
  expect(small.emulator.requests()).toHaveLength(2);
});

it('counts metadata that differs from call to call', async () => {
  await using small = await startHarness({ requestLog: { maxBytes: 100_000 } });
  const { client, emulator } = small;
  for (let n = 0; n < 20; n++)
    await client.call('GetUser', {}, { ...patHeaders(emulator.pat), 'x-big': String(n).repeat(5000) });
  expect(emulator.requests().length).toBeLessThan(20);
  expect(emulator.requests().at(-1)?.metadata['x-big']).toBe('19'.repeat(5000));
});
