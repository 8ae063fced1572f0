import { systemClock } from '../../../src/base/clock';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { ingest } from '../../../src/ingestion/ingest';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import type { IngestionRun } from '../../../src/ingestion/ingestion-run';
import { Limiter } from '../../../src/ingestion/limiter';
import type { IngestionOutcome } from '../../../src/ingestion/outcome';
import type { InputLike } from '../../../src/inputs/input-like';
import { acceptAll, FakeService } from './fake-service';
import { SimulatedDisk } from './journal/simulated-disk';

const source: readonly InputLike[] = Array.from({ length: 20 }, (_, index) => ({ id: `id-${index}`, text: 'x' }));

function start(service: FakeService, disk: SimulatedDisk, options: IngestOptions): IngestionRun {
  const limiter = new Limiter(systemClock, null);
  const context = { invoke: service.invoke, scope: {}, limiter, clock: systemClock, files: disk };
  // Four items a chunk.
  return ingest(context, source, { chunkBytes: 60, lingerMs: 0, ...options });
}

async function read(run: IngestionRun): Promise<{ outcomes: IngestionOutcome[]; error: unknown }> {
  const outcomes: IngestionOutcome[] = [];
  try {
    for await (const outcome of run) outcomes.push(outcome);
    return { outcomes, error: undefined };
  } catch (error) {
    return { outcomes, error };
  }
}

/** A disk that lets a run write its header and some more. */
async function nearlyFull(room: number): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  await ingest(
    {
      invoke: new FakeService().invoke,
      scope: {},
      limiter: new Limiter(systemClock, null),
      clock: systemClock,
      files: disk,
    },
    [],
    { resume: '/journal' },
  ).done;
  disk.space = room;
  return disk;
}

test('when the disk is full, nothing is sent that is not noted, every item has its outcome, and the run goes on later', async () => {
  for (const room of [0, 50, 200, 400, 700]) {
    const disk = await nearlyFull(room);
    const service = new FakeService();
    const run = start(service, disk, { resume: '/journal' });
    const { outcomes, error } = await read(run);
    expect(error).toMatchObject({ name: 'InvalidRequestError', code: 'JOURNAL_FAILED' });
    expect(new Set(outcomes.map(({ index }) => index)).size).toBe(outcomes.length);
    expect(run.progress).toMatchObject({ read: outcomes.length, inProgress: 0 });

    disk.space = Infinity;
    const sentBefore = new Set(service.requests.flat());
    const resumed = await read(start(service, disk, { resume: '/journal' }));
    expect(resumed.error).toBeUndefined();
    expect(resumed.outcomes).toHaveLength(source.length);
    // What was sent had been noted, and so is known again.
    for (const { id, resumed: isResumed } of resumed.outcomes)
      expect(isResumed === true).toBe(sentBefore.has(id ?? ''));
  }
});

test('a disk that takes a few bytes at a time is as good as any', async () => {
  const disk = new SimulatedDisk();
  disk.mostPerAppend = 3;
  const service = new FakeService();
  await start(service, disk, { resume: '/journal' }).done;
  const { resumed } = await start(service, disk, { resume: '/journal' }).done;
  expect(resumed).toBe(source.length);
});

test('when dead letters cannot be written, what was refused is told as rejected, and the run fails', async () => {
  const disk = new SimulatedDisk();
  const service = new FakeService((request) => {
    disk.space = 0;
    const { inputs = [], ...answer } = acceptAll(request);
    return {
      ...answer,
      inputs: inputs.map((input) => ({ ...input, status: { code: StatusCode.INPUT_INVALID_ARGUMENT } })),
    };
  });
  const run = start(service, disk, { deadLetters: '/letters' });
  const { outcomes, error } = await read(run);
  expect(error).toMatchObject({ message: expect.stringContaining('Expected `deadLetters` to be a file') as string });
  expect(new Set(outcomes.map(({ kind }) => kind))).not.toContain('dead-lettered');
  expect(outcomes.some(({ kind }) => kind === 'rejected')).toBe(true);
  expect(run.progress).toMatchObject({ read: outcomes.length, inProgress: 0, deadLettered: 0 });
});
