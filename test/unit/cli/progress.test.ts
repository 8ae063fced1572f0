import { PassThrough } from 'node:stream';
import { progressText } from '../../../src/cli/ingest/progress-text';
import { createProgress } from '../../../src/cli/shell/progress';
import { Terminal } from '../../../src/cli/shell/terminal';
import type { IngestionReport } from '../../../src/index';

afterEach(() => jest.restoreAllMocks());

/** What stderr got, and a clock to set. */
function watched(isTTY: boolean): { terminal: Terminal; told: () => string; at: (ms: number) => void } {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24 });
  const terminal = new Terminal({ stdin: new PassThrough(), stdout: new PassThrough(), stderr, env: {} });
  return { terminal, told: () => String(stderr.read() ?? ''), at: (ms) => (now = ms) };
}

test('who reads a pipe gets a line every five seconds', async () => {
  const { terminal, told, at } = watched(false);
  using progress = await createProgress(terminal, false);
  progress.update(1, 9, 'one');
  at(4_999);
  progress.update(2, 9, 'two');
  expect(told()).toBe('');
  at(5_000);
  progress.update(3, 9, 'three');
  at(9_000);
  progress.update(4, 9, 'four');
  at(10_000);
  progress.update(5, 9, 'five');
  expect(told()).toBe('three\nfive\n');
});

test.each([true, false])('--quiet leaves problems alone on stderr; a terminal: %s', async (isTTY) => {
  const { terminal, told, at } = watched(isTTY);
  using progress = await createProgress(terminal, true);
  at(60_000);
  progress.update(1, 2, 'half');
  progress.note('by the way');
  progress.tell('it failed');
  expect(told()).toBe('it failed\n');
});

describe('the text of a run', () => {
  const report: IngestionReport = {
    ...{ read: 1500, accepted: 1400, confirmed: 0, alreadyExisted: 0, rejected: 0, deadLettered: 0, unsent: 0 },
    ...{
      inProgress: 100,
      resumed: 0,
      chunks: 11,
      bytes: 5e6,
      fillRate: 0.984,
      retries: 0,
      throttled: 0,
      acksFailed: 0,
    },
    ...{
      errors: {},
      elapsedMs: 1000,
      itemsPerSecond: 1400.4,
      bytesPerSecond: 5e6,
      size: undefined,
      remainingMs: undefined,
    },
  };

  test('says how much is done, how fast, and how full the requests are', () => {
    expect(progressText(report)).toBe('1,400 done · 1,400/s · 5.0 MB/s · requests 98 % full');
  });

  test('says what went wrong, what the service asked for and how long it will take, where there is such', () => {
    const more = { size: 90_000, remainingMs: 185_000, rejected: 2, deadLettered: 1, alreadyExisted: 7, throttled: 3 };
    expect(progressText({ ...report, ...more })).toBe(
      '1,400 of 90,000 · 1,400/s · 5.0 MB/s · requests 98 % full · 7 already there · 3 failed · throttled 3 times · 3 min 5 s left',
    );
    expect(progressText({ ...report, size: 9, remainingMs: 7_620_000 })).toMatch(/2 h 7 min left$/);
    expect(progressText({ ...report, size: 9, remainingMs: 59_400 })).toMatch(/59 s left$/);
  });
});
