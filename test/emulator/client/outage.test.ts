import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { InputLike } from '../../../src/inputs/input-like';

let emulator: Emulator;
let clarifai: Clarifai;

beforeEach(async () => {
  emulator = await startEmulator({ requestLog: { maxEntries: 10_000 } });
  clarifai = new Clarifai({ ...emulator.clientOptions, defaults: { retry: { baseDelayMs: 1 } } });
});

afterEach(async () => {
  await clarifai.close();
  await emulator.close();
});

test.each([
  ['is away', { grpc: 14 }],
  ['throttles', { status: 11005 }],
])(
  'when the service %s altogether, 1,000 calls make at most 1,200 requests',
  async (_, fault) => {
    const rule = emulator.rule('PostModelOutputs', fault);
    const model = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
    const inputs = ['https://samples.clarifai.com/metro-north.jpg'];
    const retry = { throttledDelayMs: 1 };
    const calls = Array.from({ length: 1000 }, () => clarifai.postModelOutputs({ model, inputs }, { retry }));
    const answers = await Promise.all(calls);
    expect(answers.flat().filter(({ ok }) => ok)).toEqual([]);
    expect(emulator.requests().length).toBeLessThanOrEqual(1200);
    rule.remove();
  },
  60_000,
);

test('when the service is away altogether an ingestion asks now and then, and drops nothing', async () => {
  const rule = emulator.rule('PostInputs', { grpc: 14 });
  const source: InputLike[] = Array.from({ length: 2000 }, (_, index) => ({ id: `${index}`, text: 'x' }));
  const run = clarifai.ingest(source, { requestsPerSecond: null, retry: { baseDelayMs: 50, maxDelayMs: 500 } });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  // One request tries for all, after random waits of up to 50, 100, 200, 400 and then 500 ms.
  expect(emulator.requests().length).toBeLessThan(60);
  rule.remove();
  expect(await run.done).toMatchObject({ read: 2000, accepted: 2000, rejected: 0, unsent: 0 });
}, 60_000);
