import fc from 'fast-check';
import { poll, type PollOptions } from '../../../src/operations/poll';
import { FakeClock } from '../fake-clock';

function polling(states: readonly string[], more: Partial<PollOptions<string>> = {}) {
  const clock = new FakeClock();
  const asked: number[] = [];
  const ask = async (): Promise<string> => {
    asked.push(clock.now());
    return states[Math.min(asked.length, states.length) - 1] ?? '';
  };
  const options: PollOptions<string> = {
    ask,
    isDone: (state) => state === 'done',
    nameOf: (state) => state,
    what: 'training',
    timeoutMs: 60_000,
    clock,
    random: () => 1,
    ...more,
  };
  return { clock, asked, options };
}

describe('poll', () => {
  test('asks ever more slowly until it is done, and resolves with the state', async () => {
    const { clock, asked, options } = polling(['queued', 'queued', 'running', 'done']);
    await expect(clock.run(poll(options))).resolves.toBe('done');
    expect(asked).toEqual([0, 500, 1500, 3500]);
  });

  test('does not wait when it is done already', async () => {
    const { clock, asked, options } = polling(['done']);
    await poll(options);
    expect(asked).toEqual([0]);
    expect(clock.pending).toBe(0);
  });

  test('waits between half and all of a growing time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (u) => {
        const { clock, asked, options } = polling(['a', 'a', 'a', 'a', 'a', 'a', 'a', 'done'], {
          random: () => u,
          maxDelayMs: 4000,
        });
        await clock.run(poll(options));
        asked.slice(1).forEach((at, index) => {
          const longest = Math.min(500 * 2 ** index, 4000);
          const waited = at - (asked[index] ?? 0);
          expect(waited).toBeGreaterThanOrEqual(longest / 2 - 1e-6);
          expect(waited).toBeLessThanOrEqual(longest + 1e-6);
        });
      }),
      { numRuns: 20 },
    );
  });

  test('gives up after its time, asks once more just then, and counts what it saw', async () => {
    const { clock, asked, options } = polling(['queued', 'queued', 'running'], { timeoutMs: 4000 });
    await expect(clock.run(poll(options))).rejects.toMatchObject({
      name: 'DeadlineExceededError',
      code: 'POLL_TIMEOUT',
      message: 'Waited 4000 ms for training, and saw 2x queued, 3x running',
    });
    expect(asked.at(-1)).toBe(4000);
  });

  test('ends with the reason of an abort at once, and leaves no timer', async () => {
    const controller = new AbortController();
    const { clock, options } = polling(['queued'], { signal: controller.signal });
    const call = expect(poll(options)).rejects.toBe('stop');
    await clock.advance(100);
    controller.abort('stop');
    await call;
    expect(clock.pending).toBe(0);
  });

  test('passes on what goes wrong when asking', async () => {
    const { options } = polling([], { ask: () => Promise.reject(new Error('gone')) });
    await expect(poll(options)).rejects.toThrow('gone');
  });
});
