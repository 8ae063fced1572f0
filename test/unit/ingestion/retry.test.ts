import { sleep } from '../../../src/base/abort';
import { type ClarifaiError, QuotaError } from '../../../src/base/errors';
import { fromGrpcStatus, fromStatus } from '../../../src/base/to-clarifai-error';
import { ingest } from '../../../src/ingestion/ingest';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import { Limiter } from '../../../src/ingestion/limiter';
import type { IngestionOutcome, IngestionSummary } from '../../../src/ingestion/outcome';
import { postInputs } from '../../../src/ingestion/post-inputs';
import type { InputLike } from '../../../src/inputs/input-like';
import { FakeClock } from '../fake-clock';
import { seededRandom } from '../seeded-random';
import { acceptAll, type Answer, FakeService } from './fake-service';

function* items(count: number): Generator<InputLike> {
  for (let index = 0; index < count; index++) yield { id: `${index}`, url: `https://a.b/${index}.jpg` };
}

const grpc = (code: number, details = 'x'): ClarifaiError => fromGrpcStatus({ code, details });
const body = (code: number): ClarifaiError =>
  fromStatus({ code, description: 'x', details: '' } as Parameters<typeof fromStatus>[0]);
const duplicateId = { code: 30100, details: 'Input has a duplicate ID.' };

interface Result {
  readonly service: FakeService;
  readonly clock: FakeClock;
  readonly outcomes: IngestionOutcome[];
  readonly summary: IngestionSummary;
}

/** Runs to the end in fake time, with the longest of the random waits. */
async function load(
  answer: Answer,
  source: Iterable<InputLike> | AsyncIterable<InputLike>,
  options: IngestOptions = {},
  clock: FakeClock = new FakeClock(),
): Promise<Result> {
  const service = new FakeService(answer);
  const limiter = new Limiter(clock, null);
  const run = ingest({ invoke: service.invoke, scope: {}, limiter, clock, random: () => 1 }, source, options);
  const outcomes: IngestionOutcome[] = [];
  const read = (async () => {
    for await (const outcome of run) outcomes.push(outcome);
  })();
  await clock.run(read);
  expect(clock.pending).toBe(0);
  return { service, clock, outcomes, summary: await run.done };
}

/** Fails as told for the first requests, then accepts. */
const failing = (...errors: readonly Error[]): Answer => {
  let requests = 0;
  return (request) => {
    const error = errors[requests++];
    if (error !== undefined) throw error;
    return acceptAll(request);
  };
};

test('a service that is away for an hour delays the run and costs no item', async () => {
  const clockFree = { down: true, requests: 0 };
  const { summary, clock, service } = await load((request) => {
    clockFree.requests += 1;
    if (clockFree.requests > 60) clockFree.down = false;
    if (clockFree.down) throw grpc(14);
    return acceptAll(request);
  }, items(1000));
  expect(summary).toMatchObject({ read: 1000, accepted: 1000, inProgress: 0 });
  // Waits grow to a minute: an hour of absence is met with some sixty attempts.
  expect(clock.now()).toBeGreaterThan(40 * 60_000);
  expect(service.requests.length).toBeLessThan(75);
});

test.each([
  ['in the body', body(11005)],
  ['by gRPC', grpc(8)],
  ['by HTTP 429', grpc(14, 'Received HTTP status code 429')],
  ['by RST 11', grpc(8, 'Bandwidth exhausted or memory limit exceeded')],
])('throttling %s slows the run down and is counted', async (_, error) => {
  const { summary, clock } = await load(failing(error, error), items(10));
  expect(summary).toMatchObject({ accepted: 10, throttled: 2, retries: 20 });
  expect(clock.now()).toBeGreaterThanOrEqual(1000 + 2000);
});

test('a limit counted by the hour is asked about once a minute', async () => {
  const { summary, clock } = await load(failing(body(11003), body(11003), body(11003)), items(10));
  expect(summary).toMatchObject({ accepted: 10 });
  expect(clock.now()).toBe(3 * 60_000);
});

test('the wait that the service asks for is granted, up to the longest wait', async () => {
  const asks = (seconds: string): ClarifaiError =>
    fromGrpcStatus({ code: 14, details: 'x', metadata: { 'retry-after': seconds } });
  expect((await load(failing(asks('30')), items(1))).clock.now()).toBe(30_000);
  expect((await load(failing(asks('3000')), items(1))).clock.now()).toBe(60_000);
});

test('a used-up plan stops the run', async () => {
  await expect(load(failing(body(11004)), items(10))).rejects.toBeInstanceOf(QuotaError);
});

test('a limit of this client is a matter of size, not of pace: the chunk is halved at once', async () => {
  const tooLarge = grpc(8, 'Attempted to send message with a size larger than 4194304');
  const { summary, service, clock } = await load(failing(tooLarge), items(128));
  expect(service.requests.map((ids) => ids.length)).toEqual([128, 64, 64]);
  expect(summary).toMatchObject({ accepted: 128, throttled: 0 });
  expect(clock.now()).toBe(0);
});

test.each([
  ['INTERNAL', grpc(13)],
  ['a deadline', grpc(4, 'Deadline exceeded after 30.0s,remote_addr=1.2.3.4:443')],
  ['HTTP 413', grpc(2, 'Received HTTP status code 413')],
  ['INVALID_ARGUMENT', grpc(3)],
  ['FAILURE', body(10020)],
  ['too few answers', undefined],
])('one item in 128 that makes its request fail with %s is found; the others go through', async (_, error) => {
  const poisoned: Answer = (request) => {
    if (request.inputs?.some(({ id }) => id === '77') !== true) return acceptAll(request);
    if (error !== undefined) throw error;
    return { ...acceptAll(request), inputs: [] };
  };
  // In the middle of a source, so that other requests show that it is not the service.
  const { outcomes } = await load(poisoned, items(400), { chunkBytes: 128 * 40 });
  expect(outcomes.filter(({ kind }) => kind === 'rejected').map(({ id }) => id)).toEqual(['77']);
  expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(399);
});

test('a service that fails at everything is not blamed on the items', async () => {
  let requests = 0;
  const { summary } = await load((request) => {
    if (++requests <= 40) throw grpc(13);
    return acceptAll(request);
  }, items(3));
  expect(summary).toMatchObject({ accepted: 3, rejected: 0 });
});

test.each([
  [3, 0.8],
  [20, 0.8],
  [128, 0.67],
  [500, 0.67],
  [500, 0.8],
])('when %d items are loaded, and a share of %d of all requests fails, no item is blamed', async (count, share) => {
  const random = seededRandom(count);
  const { summary } = await load((request) => {
    if (random() < share) throw grpc(13);
    return acceptAll(request);
  }, items(count));
  expect(summary).toMatchObject({ accepted: count, rejected: 0 });
});

test('when half of all requests fail, the item that never gets through is found all the same', async () => {
  const random = seededRandom(3);
  const { outcomes } = await load((request) => {
    const isPoisoned = request.inputs?.some(({ id }) => id === '77') === true;
    if (isPoisoned || random() < 0.5) throw grpc(13);
    return acceptAll(request);
  }, items(400));
  expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toMatchObject([{ kind: 'rejected', id: '77' }]);
});

test.each([1, 10, 50])(
  '%d items that never get through, in one request of 128 and no other, are found',
  async (count) => {
    const { summary, clock } = await load((request) => {
      if (request.inputs?.some(({ id }) => Number(id) < count) === true) throw grpc(13);
      return acceptAll(request);
    }, items(128));
    expect(summary).toMatchObject({ accepted: 128 - count, rejected: count });
    if (count === 1) expect(clock.now()).toBeLessThan(20 * 60_000);
  },
);

test('an item that has failed alone is not blamed when the service begins to fail at everything', async () => {
  const clock = new FakeClock();
  let own = 0;
  let downSince = Infinity;
  const { summary } = await load(
    (request) => {
      // Unlucky until it stands alone, and then the service is away for an hour.
      if (request.inputs?.some(({ id }) => id === '0') === true && ++own === 12) downSince = clock.now();
      const isAway = clock.now() >= downSince && clock.now() < downSince + 3_600_000;
      if (isAway || (own < 12 && request.inputs?.some(({ id }) => id === '0') === true)) throw grpc(13);
      return acceptAll(request);
    },
    (async function* () {
      for (const one of items(20_000)) {
        if (Number((one as { id: string }).id) % 128 === 0) await sleep(10_000, clock);
        yield one;
      }
    })(),
    {},
    clock,
  );
  expect(downSince).toBeLessThan(Infinity);
  expect(summary).toMatchObject({ accepted: 20_000, rejected: 0 });
});

test('only the items that failed are sent again, together with new ones', async () => {
  let requests = 0;
  const answer: Answer = (request) => {
    const answers = acceptAll(request);
    if (requests++ > 0) return answers;
    const failed = (answers.inputs ?? []).map((input, at) =>
      at % 2 === 0 ? input : { ...input, status: { code: 98008 } },
    );
    return { status: { code: 10010 }, inputs: failed };
  };
  const { summary, service } = await load(answer, items(160), { budgetItems: 128 });
  expect(summary.accepted).toBe(160);
  expect(service.requests.flat()).toHaveLength(160 + 64);
});

test('a duplicate after an attempt without an answer is the copy that this attempt made', async () => {
  const stored = new Set<string>();
  let requests = 0;
  const { summary } = await load((request) => {
    const inputs = (request.inputs ?? []).map(({ id = '' }) => {
      const isNew = !stored.has(id);
      stored.add(id);
      return { id, status: isNew ? { code: 30001 } : duplicateId };
    });
    if (requests++ < 2) throw grpc(14, 'Connection dropped');
    return { status: { code: 10010 }, inputs };
  }, items(50));
  expect(summary).toMatchObject({ accepted: 50, alreadyExisted: 0 });
});

test('a duplicate after an attempt that certainly did nothing existed before', async () => {
  const answer: Answer = ({ inputs = [] }) => ({
    status: { code: 10010 },
    inputs: inputs.map(({ id }) => ({ id, status: duplicateId })),
  });
  let requests = 0;
  const throttledFirst: Answer = (request, options) => {
    if (requests++ === 0) throw body(11005);
    return answer(request, options);
  };
  expect((await load(throttledFirst, items(5))).summary).toMatchObject({ accepted: 0, alreadyExisted: 5 });
});

test('a duplicate URL is never taken for the own copy', async () => {
  let requests = 0;
  const { summary } = await load(({ inputs = [] }) => {
    if (requests++ === 0) throw grpc(14, 'Connection dropped');
    const status = { code: 30100, description: 'Duplicate URL in your application.' };
    return { status: { code: 10010 }, inputs: inputs.map(({ id }) => ({ id, status })) };
  }, items(5));
  expect(summary).toMatchObject({ accepted: 0, alreadyExisted: 5, errors: { INPUT_DUPLICATE: 5 } });
});

test('attempts are limited only when the caller limits them; the error then tells of them', async () => {
  const down: Answer = () => {
    throw grpc(14);
  };
  const { outcomes, service } = await load(down, items(2), { retry: { maxAttempts: 4 } });
  expect(service.requests).toHaveLength(4);
  expect(outcomes).toMatchObject([
    { kind: 'rejected', error: { attempts: { length: 4 } } },
    { kind: 'rejected', error: { message: expect.stringContaining('4 attempts') as unknown } },
  ]);
});

test('with `timeoutMs` the run ends in time, and says what was not sent', async () => {
  const clock = new FakeClock();
  const down = new FakeService(() => {
    throw grpc(14);
  });
  const limiter = new Limiter(clock, null);
  const run = ingest({ invoke: down.invoke, scope: {}, limiter, clock }, items(10), { timeoutMs: 90_000 });
  await expect(clock.run(run.done)).rejects.toMatchObject({ code: 'RUN_TIMEOUT' });
  expect(clock.now()).toBe(90_000);
  expect(run.progress).toMatchObject({ read: 10, unsent: 10, inProgress: 0 });
});

test('postInputs that runs out of time tells what became of each input', async () => {
  const clock = new FakeClock();
  let requests = 0;
  const service = new FakeService((request) => {
    if (requests++ === 0) return acceptAll(request);
    throw grpc(14);
  });
  const context = { invoke: service.invoke, scope: {}, limiter: new Limiter(clock, null), clock, random: () => 1 };
  const retry = { maxAttempts: 100 };
  const outcomes = await clock.run(postInputs(context, items(200), { timeoutMs: 60_000, retry, concurrency: 1 }));
  expect(outcomes.map(({ ok }) => ok)).toEqual([...Array<boolean>(128).fill(true), ...Array<boolean>(72).fill(false)]);
  expect(outcomes[199]).toMatchObject({ error: { name: 'DeadlineExceededError', code: 'RUN_TIMEOUT' } });
});

test('the items of a slow source wait no longer than `lingerMs` for others', async () => {
  const clock = new FakeClock();
  const service = new FakeService();
  let give = (_: InputLike): void => undefined;
  async function* slow(): AsyncGenerator<InputLike> {
    for (;;) yield await new Promise<InputLike>((resolve) => (give = resolve));
  }
  const limiter = new Limiter(clock, null);
  const run = ingest({ invoke: service.invoke, scope: {}, limiter, clock }, slow(), { lingerMs: 500 });
  await clock.advance(0);
  give({ id: 'a', url: 'https://a.b/1.jpg' });
  await clock.advance(300);
  give({ id: 'b', url: 'https://a.b/2.jpg' });
  await clock.advance(199);
  expect(service.requests).toEqual([]);
  await clock.advance(1);
  expect(service.requests).toEqual([['a', 'b']]);
  await run.close('drain');
  expect(clock.pending).toBe(0);
});
