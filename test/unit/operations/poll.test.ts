import { DeadlineExceededError } from '../../../src/base/errors';
import { poll, type WaitOptions } from '../../../src/operations/poll';
import { FakeClock } from '../fake-clock';

/** Polls for the number `until`, which counts the looks. */
function waitFor(until: number, clock: FakeClock, options: WaitOptions = {}) {
  const looks: number[] = [];
  const timeouts: (number | null | undefined)[] = [];
  const result = poll(
    'the count to be reached',
    async ({ timeoutMs }) => {
      looks.push(clock.now());
      timeouts.push(timeoutMs);
      return looks.length === until
        ? { done: true, value: until }
        : { done: false, seen: `${looks.length} of ${until}` };
    },
    options,
    clock,
  );
  return { looks, timeouts, result };
}

test('looks at once, then with pauses that grow by half up to the longest', async () => {
  const clock = new FakeClock();
  const { looks, result } = waitFor(6, clock, { pollMs: 1000, maxPollMs: 3000 });
  await clock.advance(20_000);
  expect(await result).toBe(6);
  expect(looks).toEqual([0, 1000, 2500, 4750, 7750, 10750]);
  expect(clock.pending).toBe(0);
});

test('out of time, it says what it waited for and what it saw last', async () => {
  const clock = new FakeClock();
  const { result, timeouts } = waitFor(100, clock, { timeoutMs: 2000, pollMs: 1000 });
  const failed = result.catch((error: unknown) => error);
  await clock.advance(5000);
  expect(await failed).toBeInstanceOf(DeadlineExceededError);
  expect(await failed).toMatchObject({
    code: 'WAIT_TIMEOUT',
    message: expect.stringContaining('Waited 2000 ms for the count to be reached; last seen: 3 of 100'),
  });
  // Each look has what is left of the time.
  expect(timeouts).toEqual([2000, 1000, 1]);
});

test('tells its caller what each look saw', async () => {
  const clock = new FakeClock();
  const seen: string[] = [];
  const { result } = waitFor(3, clock, { onPoll: (one) => seen.push(one) });
  await clock.advance(5000);
  await result;
  expect(seen).toEqual(['1 of 3', '2 of 3']);
});

test('an abort ends a pause at once with its own reason', async () => {
  const clock = new FakeClock();
  const controller = new AbortController();
  const { result } = waitFor(3, clock, { signal: controller.signal });
  const reason = result.catch((error: unknown) => error);
  await clock.advance(100);
  controller.abort('enough');
  expect(await reason).toBe('enough');
  expect(clock.pending).toBe(0);
});

test('a look that is cut off by the end of the wait tells of the one before', async () => {
  const clock = new FakeClock();
  let looks = 0;
  const result = poll(
    'the count to be reached',
    async ({ timeoutMs }) => {
      looks += 1;
      if (looks === 1) return { done: false, seen: 'half' };
      await new Promise<void>((resolve) => clock.setTimer(resolve, timeoutMs ?? 0));
      throw new DeadlineExceededError('cut', { code: 'DEADLINE_EXCEEDED', source: 'grpc', category: 'transient' });
    },
    { timeoutMs: 1500, pollMs: 1000 },
    clock,
  ).catch((error: unknown) => error);
  await clock.advance(5000);
  expect(await result).toMatchObject({ code: 'WAIT_TIMEOUT', message: expect.stringContaining('last seen: half') });
});
