import type { Clarifai } from '../../../src/client';
import type { Emulator } from '../../../src/emulator';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import type { IngestionRun } from '../../../src/ingestion/ingestion-run';
import type { IngestionOutcome, IngestionSummary } from '../../../src/ingestion/outcome';
import type { InputLike } from '../../../src/inputs/input-like';

/** Waits short, for a service without a limit; faults decide how long a test takes. */
export const quick: IngestOptions = {
  retry: { baseDelayMs: 1, throttledDelayMs: 5, maxDelayMs: 50 },
  requestsPerSecond: null,
};

export const item = (index: number): InputLike => ({ id: `item-${index}`, text: `text ${index}` });

export function* items(count: number): Generator<InputLike> {
  for (let index = 0; index < count; index++) yield item(index);
}

export const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `item-${index}`).sort();

export interface Loaded {
  readonly outcomes: readonly IngestionOutcome[];
  readonly summary: IngestionSummary;
}

/** Reads a run to its end, and holds it to what is true of every run: one outcome an item, and counts that add up. */
export async function loaded(run: IngestionRun, onOutcome: (count: number) => void = () => undefined): Promise<Loaded> {
  const outcomes: IngestionOutcome[] = [];
  for await (const outcome of run) onOutcome(outcomes.push(outcome));
  const summary = await run.done;
  const { read, accepted, alreadyExisted, rejected, unsent, inProgress } = summary;
  expect(accepted + alreadyExisted + rejected + unsent).toBe(read);
  expect(inProgress).toBe(0);
  expect(outcomes.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...Array(read).keys()]);
  return { outcomes, summary };
}

/** Loads `count` items, and expects that the server accepts each of them, has each of them, and has it once. */
export async function expectAllLoaded(
  clarifai: Pick<Clarifai, 'ingest'>,
  count: number,
  idsOnServer: () => readonly string[] | Promise<readonly string[]>,
  { options = quick, onOutcome }: { options?: IngestOptions; onOutcome?: (count: number) => void } = {},
): Promise<IngestionSummary> {
  const { outcomes, summary } = await loaded(clarifai.ingest(items(count), options), onOutcome);
  expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
  expect([...(await idsOnServer())].sort()).toEqual(idsOf(count));
  return summary;
}

/** Ids of all inputs that an emulator has; one that it had twice would be here twice. */
export async function idsInEmulator(emulator: Emulator, clarifai: Clarifai): Promise<string[]> {
  const { userId, appId } = emulator;
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const { inputs } = await clarifai.rpc.ListInputs({ userAppId: { userId, appId }, page, perPage: 1000 });
    if (inputs.length === 0) return ids;
    ids.push(...inputs.map(({ id }) => id));
  }
}
