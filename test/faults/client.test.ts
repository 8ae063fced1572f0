import { Clarifai } from '../../src/client';
import { type Emulator, startEmulator } from '../../src/emulator';
import type { FaultStep } from '../../src/emulator/service/fault-step';
import { startPeer } from './http2-server';

// What a caller of the client sees of a fault that passes: nothing.

let emulator: Emulator;
let clarifai: Clarifai;

beforeEach(async () => {
  emulator = await startEmulator();
  const retry = { baseDelayMs: 1, throttledDelayMs: 1 };
  clarifai = new Clarifai({ ...emulator.clientOptions, defaults: { retry, attemptTimeoutMs: 2000 } });
});

afterEach(async () => {
  emulator.assertNoPending();
  await clarifai.close({ behaviour: 'abort' });
  await emulator.close();
});

const reset = (code: number): FaultStep => ({ reset: code });

describe('a prediction over many inputs has all its outputs, in order, after', () => {
  it.each<[string, readonly FaultStep[]]>([
    ['UNAVAILABLE', [14, 14, 'ok', 14]],
    ['RST_STREAM 0', [reset(0), 'ok', reset(0)]],
    ['RST_STREAM 1', [reset(1), 'ok', reset(1)]],
    ['RST_STREAM 2', [reset(2), 'ok', reset(2)]],
    // Twice, as grpc-js sends a refused call once more by itself.
    ['RST_STREAM 7', [reset(7), reset(7), 'ok', reset(7)]],
    ['RST_STREAM 8', [reset(8), 'ok', reset(8)]],
    ['RST_STREAM 11', [reset(11), 'ok', reset(11)]],
    ['GOAWAY', [{ goAway: 0 }, 'ok', { goAway: 0 }]],
    ['a connection that ends', [{ disconnect: true }, 'ok', { disconnect: true }]],
    ['answers that are lost', [{ dropAfterCommit: true }, 'ok', { dropAfterCommit: true, disconnect: true }]],
    ['an answer that never comes', [{ blackHole: true }]],
    ['throttling', [{ status: 11005 }, 'ok', 8]],
  ])('%s', async (_, steps) => {
    emulator.script('PostModelOutputs', steps);
    const texts = Array.from({ length: 500 }, (__, index) => ({ text: `text ${index}` }));
    const outcomes = await clarifai.postModelOutputs({
      model: { userId: 'clarifai', appId: 'main', id: 'synthetic-text-embedding' },
      inputs: texts,
    });
    expect(outcomes.map(({ index, ok }) => [index, ok])).toEqual(texts.map((__, index) => [index, true]));
  });
});

it('a service that fails every call hears at most a fifth more than it was asked', async () => {
  await using peer = await startPeer((call) => call.end(14, 'gone'));
  const options = { base: peer.base, pat: 'my-pat', userId: 'me', appId: 'mine' };
  await using client = new Clarifai({ ...options, defaults: { retry: { baseDelayMs: 1 } } });
  const calls = Array.from({ length: 1000 }, () =>
    client.postWorkflowResults({ workflow: 'w', inputs: ['https://a.b/c.jpg'] }),
  );
  for (const [outcome] of await Promise.all(calls))
    expect(outcome).toMatchObject({ error: { name: 'UnavailableError' } });
  expect(peer.calls.length).toBeLessThanOrEqual(1200);
});
