import { FixedCredential } from '../../../src/options/credential';
import { Limiter, type Permit } from '../../../src/ingestion/limiter';
import { limiterFor } from '../../../src/ingestion/limiters';
import { FakeClock, settle } from '../fake-clock';

const never = new AbortController().signal;

/** Takes permits as long as there are any to be had at once. */
async function takeAll(limiter: Limiter): Promise<Permit[]> {
  const permits: Permit[] = [];
  for (;;) {
    const abort = new AbortController();
    const permit = limiter.acquire(abort.signal).catch(() => undefined);
    await settle();
    abort.abort();
    const taken = await permit;
    if (taken === undefined) return permits;
    permits.push(taken);
  }
}

test('requests a second are held to the rate, whatever the burst', async () => {
  const clock = new FakeClock();
  const limiter = new Limiter(clock, 15);
  let sent = 0;
  const send = async (): Promise<void> => {
    for (;;) {
      (await limiter.acquire(never)).succeeded();
      sent += 1;
    }
  };
  void send();
  void send();
  await clock.advance(60_000);
  expect(sent).toBeGreaterThanOrEqual(60 * 15);
  expect(sent).toBeLessThanOrEqual(60 * 15 + 15);
});

test('requests in flight grow by one a round while all goes well, and shrink when it does not', async () => {
  const clock = new FakeClock();
  const limiter = new Limiter(clock, null);
  expect(await takeAll(limiter)).toHaveLength(4);
  const busy = new Limiter(clock, null);
  for (let round = 0; round < 3; round++) for (const permit of await takeAll(busy)) permit.succeeded();
  expect(busy.limit).toBeGreaterThan(4);
  const before = busy.limit;
  const permits = await takeAll(busy);
  for (const permit of permits) permit.failed({ delayMs: () => 100 });
  // However many of one round failed, it counts once.
  expect(busy.limit).toBe(Math.floor(before * 0.7));
});

test('after a failure all wait, and then one request tries for all', async () => {
  const clock = new FakeClock();
  const limiter = new Limiter(clock, null);
  const waits: number[] = [];
  for (const permit of await takeAll(limiter)) {
    permit.failed({ delayMs: (round) => (waits.push(round), round * 100) });
  }
  expect(await takeAll(limiter)).toHaveLength(0);
  await clock.advance(100);
  const [probe, ...others] = await takeAll(limiter);
  expect(others).toHaveLength(0);
  probe?.failed({ delayMs: (round) => (waits.push(round), round * 100) });
  await clock.advance(200);
  const [second] = await takeAll(limiter);
  second?.succeeded();
  expect(waits).toEqual([1, 2]);
  expect((await takeAll(limiter)).length).toBeGreaterThan(0);
});

test('bytes in flight are limited, but one request is always allowed', async () => {
  const limiter = new Limiter(new FakeClock(), null);
  const first = await limiter.acquire(never);
  first.weigh(200 * 1024 * 1024);
  expect(await takeAll(limiter)).toHaveLength(0);
  first.succeeded();
  expect(await takeAll(limiter)).toHaveLength(5 - 1);
});

test('who stops waiting leaves no timer and no place in the line', async () => {
  const clock = new FakeClock();
  const limiter = new Limiter(clock, 1);
  await limiter.acquire(never);
  const abort = new AbortController();
  const waiting = limiter.acquire(abort.signal);
  const reason = new Error('enough');
  abort.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  expect(clock.pending).toBe(0);
});

test('clients with one credential at one address share a limiter, others do not', () => {
  const clock = new FakeClock();
  const key = (value: string): FixedCredential => new FixedCredential('key', value);
  const of = limiterFor('a:443', key('x'), clock);
  expect(limiterFor('a:443', key('x'), clock)).toBe(of);
  expect(limiterFor('a:443', key('y'), clock)).not.toBe(of);
  expect(limiterFor('b:443', key('x'), clock)).not.toBe(of);
  const token = (): string => 'x';
  const ofFunction = limiterFor('a:443', { kind: 'source', token }, clock);
  expect(limiterFor('a:443', { kind: 'source', token }, clock)).toBe(ofFunction);
  expect(limiterFor('a:443', { kind: 'source', token: () => 'x' }, clock)).not.toBe(ofFunction);
});

test('limiters that nobody uses are forgotten after a hundred others', () => {
  const clock = new FakeClock();
  const key = (value: string): FixedCredential => new FixedCredential('key', value);
  const first = limiterFor('many:443', key('0'), clock);
  for (let at = 1; at <= 100; at++) limiterFor('many:443', key(`${at}`), clock);
  expect(limiterFor('many:443', key('0'), clock)).not.toBe(first);
});
