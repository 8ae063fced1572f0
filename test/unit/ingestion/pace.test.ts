import { fromStatus } from '../../../src/base/to-clarifai-error';
import { ingest } from '../../../src/ingestion/ingest';
import { Limiter } from '../../../src/ingestion/limiter';
import { defaultRequestsPerSecond } from '../../../src/ingestion/limiters';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import type { IngestionRun } from '../../../src/ingestion/ingestion-run';
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

describe('a budget below a full chunk', () => {
  const image = (id: number): InputLike => ({ id: `${id}`, image: new Uint8Array(1000) });
  const start = (
    source: Iterable<InputLike>,
    options: IngestOptions,
  ): { service: FakeService; run: IngestionRun; clock: FakeClock } => {
    const clock = new FakeClock();
    const service = new FakeService();
    const run = ingest(
      { invoke: service.invoke, scope: {}, limiter: new Limiter(clock, null), clock },
      source,
      options,
    );
    return { service, run, clock };
  };
  const images = Array.from({ length: 30 }, (_, index) => image(index));

  test.each<[string, IngestOptions]>([
    ['items', { budgetItems: 10 }],
    ['bytes', { budgetBytes: 10_000 }],
  ])('of %s: a chunk goes when nothing can join it any more', async (_, options) => {
    const { service, run, clock } = start(images, options);
    for (let turn = 0; turn < 10; turn++) await settle();
    expect(service.requests.map((ids) => ids.length)).toEqual([10, 10, 10]);
    await clock.run(run.done);
    expect(clock.now()).toBe(0);
  });

  test('what others may join waits for them: a reader who takes his time does not make a request an item', async () => {
    const { service, run, clock } = start(images, { budgetItems: 10 });
    const reader = run[Symbol.asyncIterator]();
    for (let count = 0; count < 6; count++) await reader.next();
    await settle();
    expect(service.requests).toHaveLength(1);
    await clock.run(run.close('abort'));
  });
});
