import { fromStatus } from '../../../src/base/to-clarifai-error';
import { ingest } from '../../../src/ingestion/ingest';
import { Limiter } from '../../../src/ingestion/limiter';
import { defaultRequestsPerSecond } from '../../../src/ingestion/limiters';
import type { InputLike } from '../../../src/inputs/input-like';
import { FakeClock, settle } from '../fake-clock';
import { acceptAll, FakeService } from './fake-service';

const seconds = 30;

/** Numbers between 0 and 1, the same in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A service that allows a number of requests a second, with a burst of as many, some way away. */
function countingService(clock: FakeClock, perSecond: number): { service: FakeService; refused: () => number } {
  const random = createRandom(7);
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, ms));
  let tokens = perSecond;
  let filledAt = clock.now();
  let refused = 0;
  const service = new FakeService(async (request) => {
    await pause(10 + 30 * random());
    tokens = Math.min(perSecond, tokens + ((clock.now() - filledAt) / 1000) * perSecond);
    filledAt = clock.now();
    const isAllowed = tokens >= 1;
    if (isAllowed) tokens -= 1;
    else refused += 1;
    await pause(200 + 300 * random());
    if (isAllowed) return acceptAll(request);
    throw fromStatus({ code: 11005, description: 'Throttled', details: '' } as Parameters<typeof fromStatus>[0]);
  });
  return { service, refused: () => refused };
}

test('against a service that counts 15 requests a second, 98 % of them are used, full, and fewer than 1 % refused', async () => {
  const clock = new FakeClock();
  const { service, refused } = countingService(clock, 15);
  const limiter = new Limiter(clock, defaultRequestsPerSecond);
  let read = 0;
  async function* endless(): AsyncGenerator<InputLike> {
    for (;;) {
      if (read % 128 === 0) await settle();
      yield { id: `${read}`, url: `https://a.b/${read++}.jpg` };
    }
  }
  const run = ingest({ invoke: service.invoke, scope: {}, limiter, clock, random: createRandom(3) }, endless(), {
    budgetItems: 4096,
  });
  await settle();
  await clock.advance(seconds * 1000);
  const { accepted, fillRate } = run.progress;
  expect(accepted).toBeGreaterThanOrEqual(0.98 * seconds * 15 * 128);
  expect(refused()).toBeLessThan(0.01 * service.requests.length);
  expect(fillRate).toBeGreaterThan(0.99);
  await clock.run(run.close('abort'));
}, 60_000);
