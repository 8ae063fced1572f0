import { systemClock } from '../../../src/base/clock';
import { type Emulator, startEmulator } from '../../../src/emulator';
import { ingest } from '../../../src/ingestion/ingest';
import { Limiter } from '../../../src/ingestion/limiter';
import type { Lease, Source } from '../../../src/ingestion/source';
import type { InputLike } from '../../../src/inputs/input-like';
import { postedInputs } from '../../../src/inputs/posted-inputs';
import { createInvoke } from '../../../src/operations/invoke';
import type { Invoke } from '../../../src/operations/invoker';
import { resolveClientOptions } from '../../../src/options/resolve-client-options';
import { toAttempt } from '../../../src/rpc/attempt';
import { Transport } from '../../../src/rpc/transport';
import { type Fate, SimulatedDisk } from '../../unit/ingestion/journal/simulated-disk';

let emulator: Emulator;
let transport: Transport;
let invoke: Invoke;

beforeAll(async () => {
  emulator = await startEmulator({ requestLog: { maxEntries: 1 } });
  transport = new Transport(resolveClientOptions(emulator.clientOptions));
  invoke = createInvoke({ attempt: toAttempt(transport, { PostInputs: postedInputs }), verbOf: () => 'post' });
});

afterAll(async () => {
  await transport.close('drain');
  await emulator.close();
});

interface Scenario {
  readonly ids: 'content' | 'random';
  readonly hasCursor: boolean;
  readonly fate: Fate;
}

interface Reported {
  readonly accepted: Set<string | undefined>;
  readonly existed: Set<string | undefined>;
}

const contents = ['a', 'b', 'c', 'd', 'b', 'e', 'f', 'g', 'h'];

function sourceOf({ hasCursor }: Scenario): Source | Iterable<InputLike> {
  const inputs = contents.map((content) => ({ text: content, metadata: { content } }));
  if (!hasCursor) return inputs;
  const leases: Lease[] = inputs.map((input, index) => ({ input, cursor: String(index) }));
  return { read: ({ after }) => leases.slice(after === undefined ? 0 : Number(after) + 1) };
}

/** Runs to the end of the source, or of the power, and adds the ids that were reported. Resolves with whether the power was cut. */
async function run(scenario: Scenario, disk: SimulatedDisk, reported: Reported): Promise<boolean> {
  const { userId, appId } = emulator;
  const context = { invoke, scope: { userId, appId }, limiter: new Limiter(systemClock, null), clock: systemClock };
  const options = { resume: '/journal', ids: scenario.ids, chunkBytes: 150, lingerMs: 0, concurrency: 2 };
  try {
    const ingestion = ingest({ ...context, files: disk }, sourceOf(scenario), options);
    for await (const { kind, id } of ingestion) {
      if (kind === 'accepted') reported.accepted.add(id);
      if (kind === 'already-existed') reported.existed.add(id);
    }
    return false;
  } catch (error) {
    if (error instanceof Error && (error.message.includes('power') || String(error.cause).includes('power')))
      return true;
    throw error;
  }
}

async function contentsOfService(): Promise<unknown[]> {
  const { userId, appId } = emulator;
  const { inputs } = await invoke('ListInputs', { userAppId: { userId, appId }, page: 1, perPage: 100 });
  return inputs.map(({ data }) => data?.metadata?.['content']).sort();
}

const scenarios = (['content', 'random'] as const).flatMap((ids) =>
  [true, false].flatMap((hasCursor) => (['dropped', 'torn'] as const).map((fate) => ({ ids, hasCursor, fate }))),
);

test.each(scenarios)(
  'after a power cut at any step, nothing is lost and nothing is there twice: %j',
  async (scenario) => {
    const expected = (scenario.ids === 'random' ? contents : [...new Set(contents)]).toSorted();
    for (let cutAt = 0, wasCut = true; wasCut; cutAt++) {
      emulator.reset();
      const disk = new SimulatedDisk();
      const reported: Reported = { accepted: new Set(), existed: new Set() };
      disk.cutAt = cutAt;
      wasCut = await run(scenario, disk, reported);
      disk.restart(scenario.fate);
      expect(await run(scenario, disk, reported)).toBe(false);
      expect({ cutAt, contents: await contentsOfService() }).toEqual({ cutAt, contents: expected });
      expect(reported.accepted.size).toBe(expected.length);
      // The app had none of them before: only the content that is there twice may exist already.
      expect(reported.existed.size).toBe(contents.length - expected.length);
    }
  },
  60_000,
);
