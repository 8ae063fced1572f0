import { ingest } from '../../../src/ingestion/ingest';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import { Limiter } from '../../../src/ingestion/limiter';
import type { IngestionSummary } from '../../../src/ingestion/outcome';
import type { JournalFiles } from '../../../src/ingestion/journal/journal-files';
import type { IngestionReport } from '../../../src/ingestion/progress-reports';
import type { InputLike } from '../../../src/inputs/input-like';
import type { Source } from '../../../src/ingestion/source';
import { FakeClock } from '../fake-clock';
import { acceptAll, FakeService } from './fake-service';
import { SimulatedDisk } from './journal/simulated-disk';

const items = (count: number): InputLike[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, url: `https://a.b/${index}.jpg` }));

/** Loads from a service that answers one request a second, one at a time. */
async function load(
  source: Iterable<InputLike> | Source,
  options: IngestOptions,
  files: JournalFiles = new SimulatedDisk(),
): Promise<IngestionSummary> {
  const clock = new FakeClock();
  const service = new FakeService(async (request) => {
    await new Promise<void>((resolve) => clock.setTimer(resolve, 1000));
    return acceptAll(request);
  });
  const limiter = new Limiter(clock, null);
  const context = { invoke: service.invoke, scope: {}, limiter, clock, files };
  const run = ingest(context, source, { concurrency: 1, ...options });
  await clock.run(run.done.catch(() => undefined));
  expect(clock.pending).toBe(0);
  return run.done;
}

test('progress is reported from time to time and at the end, with counts that add up to the items read', async () => {
  const reports: IngestionReport[] = [];
  await load(items(1280), { progressMs: 3000, onProgress: (report) => reports.push(report) });
  expect(reports.map(({ elapsedMs }) => elapsedMs)).toEqual([3000, 6000, 9000, 10_000]);
  for (const { read, accepted, confirmed, alreadyExisted, rejected, deadLettered, unsent, inProgress } of reports) {
    expect(accepted + confirmed + alreadyExisted + rejected + deadLettered + unsent + inProgress).toBe(read);
  }
  expect(reports.at(-1)).toMatchObject({ read: 1280, accepted: 1280, inProgress: 0, remainingMs: 0 });
});

test('a report says how fast the run is, and when it will be over if the source has a size', async () => {
  const reports: IngestionReport[] = [];
  const onProgress = (report: IngestionReport): number => reports.push(report);
  await load(items(1280), { progressMs: 5000, onProgress });
  expect(reports[0]).toMatchObject({ size: 1280, itemsPerSecond: 102.4, remainingMs: 7500 });
  reports.length = 0;
  await load(new Set(items(1280)), { progressMs: 5000, onProgress });
  expect(reports[0]).toMatchObject({ size: undefined, remainingMs: undefined });
});

test('a source of leases says by its `size` how many items there are', async () => {
  const reports: IngestionReport[] = [];
  const source: Source = { size: 1280, read: () => items(1280).map((input) => ({ input })) };
  await load(source, { progressMs: 5000, onProgress: (report) => reports.push(report) });
  expect(reports[0]).toMatchObject({ size: 1280, remainingMs: 7500 });
  expect(reports.at(-1)).toMatchObject({ size: 1280, remainingMs: 0 });
});

test('a run that goes on after a cursor estimates the time for the items that are left', async () => {
  const upTo = (end: number): Source => ({
    size: 2560,
    read: ({ after = '-1' }) =>
      items(end)
        .map((input, index) => ({ input, cursor: `${index}` }))
        .slice(Number(after) + 1),
  });
  const files = new SimulatedDisk();
  await load(upTo(1280), { resume: '/journal' }, files);
  const reports: IngestionReport[] = [];
  const onProgress = (report: IngestionReport): number => reports.push(report);
  await load(upTo(2560), { resume: '/journal', progressMs: 5000, onProgress }, files);
  expect(reports[0]).toMatchObject({ size: 2560, remainingMs: 7500 });
  expect(reports.at(-1)).toMatchObject({ read: 1280, remainingMs: 0 });
});

test('an `onProgress` that throws ends the run with its error', async () => {
  const failure = new Error('no more');
  const onProgress = (): never => {
    throw failure;
  };
  await expect(load(items(1280), { onProgress })).rejects.toBe(failure);
});
