import { setImmediate as turn } from 'node:timers/promises';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { unknownClient } from '../../../src/diagnostics/unknown-client';
import { systemClock } from '../../../src/base/clock';
import { InvalidRequestError } from '../../../src/base/errors';
import { ingest } from '../../../src/ingestion/ingest';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import type { IngestionRun } from '../../../src/ingestion/ingestion-run';
import { Limiter } from '../../../src/ingestion/limiter';
import type { IngestionOutcome } from '../../../src/ingestion/outcome';
import type { Lease, Source } from '../../../src/ingestion/source';
import { FakeClock, settle } from '../fake-clock';
import { acceptAll, FakeService } from './fake-service';

const url = (index: number): string => `https://a.b/${index}.jpg`;

/** A queue that keeps a list of what its reader told it. */
class Queue implements Source {
  readonly told: string[] = [];
  readonly signals: AbortSignal[] = [];
  leaseMs?: number;
  /** Items that the queue gave out, in all. */
  given = 0;

  constructor(
    readonly count: number,
    readonly answer: (call: string) => void | Promise<void> = () => undefined,
  ) {}

  lease(index: number): Lease {
    const tell = (call: string): void | Promise<void> => {
      this.told.push(`${call} ${index}`);
      return this.answer(`${call} ${index}`);
    };
    return {
      input: { url: url(index) },
      key: `key-${index}`,
      ack: (outcome) => tell(`ack ${outcome.kind}`),
      nack: () => tell('nack'),
      extend: () => tell('extend'),
    };
  }

  async *read({ signal }: { readonly signal: AbortSignal }): AsyncGenerator<Lease> {
    this.signals.push(signal);
    for (; this.given < this.count;) yield this.lease(this.given++);
  }
}

function start(service: FakeService, source: Source, options: IngestOptions = {}, clock = systemClock): IngestionRun {
  const limiter = new Limiter(clock, null);
  return ingest({ invoke: service.invoke, scope: {}, limiter, clock }, source, options);
}

/** A service that answers when it is told to. */
function held(): { readonly service: FakeService; readonly release: () => void } {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const service = new FakeService(async (request, { signal }) => {
    await Promise.race([gate, new Promise((resolve) => signal?.addEventListener('abort', resolve))]);
    signal?.throwIfAborted();
    return acceptAll(request);
  });
  return { service, release };
}

test('every item is acknowledged once, and `done` waits for that', async () => {
  const queue = new Queue(300, () => turn());
  const run = start(new FakeService(), queue);
  expect(await run.done).toMatchObject({ read: 300, accepted: 300, acksFailed: 0 });
  expect([...queue.told].sort()).toEqual([...Array(300).keys()].map((index) => `ack accepted ${index}`).sort());
});

test('a source may give its items without waiting', async () => {
  const told: string[] = [];
  const run = start(new FakeService(), {
    read: () => [0, 1].map((index) => ({ input: url(index), ack: ({ kind }) => void told.push(`${kind} ${index}`) })),
  });
  await run.done;
  expect(told).toEqual(['accepted 0', 'accepted 1']);
});

test('keys become ids; an id of the input goes first', async () => {
  const service = new FakeService();
  const run = start(service, {
    read: () => [
      { input: url(0), key: 'plain' },
      { input: { url: url(1) }, key: 'a/b.jpg' },
      { input: { url: url(2), id: 'mine' }, key: 'ignored' },
    ],
  });
  await run.done;
  expect(service.requests).toEqual([['plain', expect.stringMatching(/^a_b_jpg-[0-9a-f]{32}$/), 'mine']]);
});

test('an item is acknowledged after its outcome was read, and not before', async () => {
  const queue = new Queue(3);
  const order: string[] = [];
  for await (const { index } of start(new FakeService(), queue, { ordered: true })) {
    order.push(`read ${index}`);
    await settle();
    order.push(...queue.told.splice(0));
  }
  order.push(...queue.told);
  expect(order).toEqual(['read 0', 'read 1', 'ack accepted 0', 'read 2', 'ack accepted 1', 'ack accepted 2']);
});

test('the loop over the outcomes ends when the source has answered the last acknowledgement', async () => {
  let answered = 0;
  const queue = new Queue(3, async () => {
    await settle();
    answered += 1;
  });
  for await (const _ of start(new FakeService(), queue)) void _;
  expect(answered).toBe(3);
});

test('what an Error stands for is rejected with it, and acknowledged', async () => {
  const told: IngestionOutcome[] = [];
  const fault = new Error('row 7 is torn');
  const run = start(new FakeService(), {
    read: () => [{ input: fault, key: 'row-7', ack: (outcome) => void told.push(outcome) }, { input: url(1) }],
  });
  expect(await run.done).toMatchObject({ read: 2, accepted: 1, rejected: 1 });
  expect(told).toMatchObject([{ kind: 'rejected', index: 0, error: { cause: fault } }]);
});

test('of equal items each is told its own outcome', async () => {
  const told: string[] = [];
  const ack = ({ index, kind }: IngestionOutcome): void => void told.push(`${index} ${kind}`);
  const run = start(new FakeService(), { read: () => [1, 2].map(() => ({ input: url(0), key: 'same', ack })) });
  await run.done;
  expect(told.sort()).toEqual(['0 accepted', '1 already-existed']);
});

describe('what is to come again is given back', () => {
  test('items without an answer when the run is aborted', async () => {
    const { service } = held();
    const queue = new Queue(200);
    const run = start(service, queue);
    while (service.inFlight === 0) await turn();
    await run.close('abort');
    const { read, unsent } = run.progress;
    expect(unsent).toBe(read);
    expect([...queue.told].sort()).toEqual([...Array(queue.given).keys()].map((index) => `nack ${index}`).sort());
  });

  test('an item that comes when the run has stopped reading', async () => {
    let give = (): void => undefined;
    const asked = new Promise<void>((resolve) => (give = resolve));
    const queue = new Queue(1);
    const source: Source = {
      async *read() {
        await asked;
        yield queue.lease(0);
      },
    };
    const run = start(new FakeService(), source);
    await settle();
    await run.close('drain');
    expect(run.progress.read).toBe(0);
    give();
    await settle();
    expect(queue.told).toEqual(['nack 0']);
  });

  test('items whose outcome the reader did not see through, when it leaves', async () => {
    const queue = new Queue(300);
    const run = start(new FakeService(), queue, { concurrency: 1 });
    let seen = 0;
    for await (const _ of run) if (++seen === 3) break;
    await run.done.catch(() => undefined);
    expect(queue.told.filter((call) => call.startsWith('ack'))).toHaveLength(2);
    expect(queue.told).toHaveLength(queue.given);
    expect(new Set(queue.told.map((call) => call.split(' ').at(-1))).size).toBe(queue.given);
  });
});

test('of a source that never ends no more is read than the run has room for, and all of that is acknowledged', async () => {
  const queue = new Queue(Infinity);
  const { service, release } = held();
  const run = start(service, queue, { budgetItems: 50, lingerMs: 0 });
  while (service.inFlight === 0) await turn();
  await settle();
  expect(queue.given).toBe(50);
  release();
  while (run.progress.accepted < 200) await turn();
  await run.close('drain');
  const { read, accepted } = await run.done;
  expect(accepted).toBe(read);
  expect(queue.told).toHaveLength(queue.given);
  expect(queue.told.filter((call) => call.startsWith('ack'))).toHaveLength(accepted);
});

test('the source is told by its signal that the run reads no more', async () => {
  const source: Source = {
    async *read({ signal }) {
      yield { input: url(0) };
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      left = true;
    },
  };
  let left = false;
  const run = start(new FakeService(), source, { lingerMs: 0 });
  while (run.progress.accepted === 0) await turn();
  await run.close('drain');
  await settle();
  expect(left).toBe(true);
  expect(await run.done).toMatchObject({ read: 1, accepted: 1 });
});

test('a source that fails ends the run with its reason, after what it gave has been acknowledged', async () => {
  const failure = new Error('the queue is gone');
  const queue = new Queue(2);
  const source: Source = {
    async *read(options) {
      yield* queue.read(options);
      throw failure;
    },
  };
  const run = start(new FakeService(), source);
  await expect(run.done).rejects.toBe(failure);
  expect(queue.told).toEqual(['ack accepted 0', 'ack accepted 1']);
});

describe('a call to the source that fails', () => {
  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('that %s is counted and published, and disturbs no other item', async (_, fail) => {
    const queue = new Queue(3, (call) => (call.endsWith('1') ? fail() : undefined));
    const messages: unknown[] = [];
    const listener = (message: unknown): void => void messages.push(message);
    subscribe('clarifai-grpc:ack-failed', listener);
    try {
      expect(await start(new FakeService(), queue).done).toMatchObject({ accepted: 3, acksFailed: 1 });
    } finally {
      unsubscribe('clarifai-grpc:ack-failed', listener);
    }
    expect(queue.told).toHaveLength(3);
    expect(messages).toEqual([
      { client: unknownClient, method: 'PostInputs', index: 1, call: 'ack', error: new Error('no') },
    ]);
  });
});

test('leases are extended by the clock at half their time, until the outcome is known', async () => {
  const clock = new FakeClock();
  const { service, release } = held();
  const queue = new Queue(2);
  queue.leaseMs = 30_000;
  const run = start(service, queue, {}, clock);
  await clock.advance(14_999);
  expect(queue.told).toEqual([]);
  await clock.advance(1);
  expect(queue.told).toEqual(['extend 0', 'extend 1']);
  await clock.advance(30_000);
  expect(queue.told).toHaveLength(6);
  release();
  await run.done;
  await clock.advance(60_000);
  expect(queue.told.slice(6)).toEqual(['ack accepted 0', 'ack accepted 1']);
  expect(clock.pending).toBe(0);
});

test.each<[string, unknown, RegExp]>([
  ['a lease time of nothing', { leaseMs: 0, read: () => [] }, /`source\.leaseMs` to be milliseconds from 1/],
  ['a size below nothing', { size: -1, read: () => [] }, /`source\.size` to be an integer of at least 0/],
  ['neither a source nor iterable', {}, /`source` to be an iterable/],
])('%s is refused at once', (_, source, message) => {
  expect(() => start(new FakeService(), source as Source)).toThrow(message);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a promise, as an async function does', Promise.resolve([])],
])('a source that returns %s in place of its items ends the run with an error that says so', async (_, items) => {
  const run = start(new FakeService(), { read: () => items } as unknown as Source);
  await expect(run.done).rejects.toThrow(InvalidRequestError);
  await expect(run.done).rejects.toThrow(
    /Expected `what source\.read returns` to be an iterable or async iterable, got/,
  );
});

test('an item that is no lease ends the run', async () => {
  const run = start(new FakeService(), { read: () => [url(0)] } as unknown as Source);
  await expect(run.done).rejects.toThrow(InvalidRequestError);
  await expect(run.done).rejects.toThrow(/`source item 0` to be an object/);
});
