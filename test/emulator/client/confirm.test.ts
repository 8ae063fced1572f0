import { Clarifai } from '../../../src/client';
import { AuthenticationError } from '../../../src/base/errors';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { IngestionOutcome } from '../../../src/ingestion/outcome';
import type { InputLike } from '../../../src/inputs/input-like';

let emulator: Emulator;
let clarifai: Clarifai;
const confirmed = { ack: 'confirmed', requestsPerSecond: null, retry: { baseDelayMs: 1 } } as const;

beforeEach(async () => {
  emulator = await startEmulator();
  clarifai = new Clarifai(emulator.clientOptions);
});

afterEach(async () => {
  emulator.assertNoPending();
  await clarifai.close();
  await emulator.close();
});

function* items(count: number): Generator<InputLike> {
  for (let index = 0; index < count; index++) yield { id: `item-${index}`, text: `text ${index}` };
}

async function outcomesOf(run: AsyncIterable<IngestionOutcome>): Promise<IngestionOutcome[]> {
  const outcomes: IngestionOutcome[] = [];
  for await (const outcome of run) outcomes.push(outcome);
  return outcomes;
}

test('with `ack: "confirmed"` an outcome comes when the service is done with the input', async () => {
  const run = clarifai.ingest(items(1000), confirmed);
  const outcomes = await outcomesOf(run);
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['confirmed']));
  expect(new Set(outcomes.map(({ id }) => id)).size).toBe(1000);
  expect(outcomes[0]).toMatchObject({ input: { status: { code: 30000 } } });
  expect(await run.done).toMatchObject({ read: 1000, accepted: 0, confirmed: 1000, inProgress: 0 });
  // Many at a time: not one look an input.
  expect(emulator.requests({ method: 'ListInputs' }).length).toBeLessThan(50);
});

test('the inputs of a run belong to a job, and are listed when it says that they may be done', async () => {
  const run = clarifai.ingest(items(300), confirmed);
  expect(await run.done).toMatchObject({ confirmed: 300 });
  const jobs = await clarifai.app().inputs.jobs.list().toArray();
  expect(jobs).toMatchObject([{ progress: { successCount: 300, failedCount: 0 } }]);
  expect(emulator.requests({ method: 'GetInputsAddJob' }).length).toBeGreaterThan(0);
});

test('an input that cannot be downloaded is rejected with the status that the service gives, and stays in the app', async () => {
  emulator.script('PostInputs', [{ items: { 3: 30002 } }]);
  const outcomes = await outcomesOf(clarifai.ingest(items(10), confirmed));
  expect(outcomes.filter(({ kind }) => kind !== 'confirmed')).toMatchObject([
    { kind: 'rejected', id: 'item-3', error: { statusCode: 30002 } },
  ]);
  expect(emulator.requests().filter(({ method }) => method.startsWith('Delete'))).toEqual([]);
});

test('looks that fail are repeated', async () => {
  emulator.script('ListInputs', [14, { status: 11005 }, 'ok']);
  const run = clarifai.ingest(items(10), { ...confirmed, retry: { baseDelayMs: 1, throttledDelayMs: 1 } });
  expect(await run.done).toMatchObject({ confirmed: 10 });
});

test('a credential that may not read jobs does with lists alone', async () => {
  const rule = emulator.rule('GetInputsAddJob', { status: 11007 });
  expect(await clarifai.ingest(items(10), confirmed).done).toMatchObject({ confirmed: 10 });
  expect(emulator.requests({ method: 'GetInputsAddJob' })).toHaveLength(1);
  rule.remove();
});

test('an answer too large for one look is asked for in parts', async () => {
  emulator.script('ListInputs', [{ status: 40033 }]);
  const run = clarifai.ingest(items(100), confirmed);
  expect(await run.done).toMatchObject({ confirmed: 100 });
});

test('a run that ends early says of what it could not confirm that it was accepted', async () => {
  const rule = emulator.rule('ListInputs', { status: 11008 });
  const run = clarifai.ingest(items(10), confirmed);
  await expect(run.done).rejects.toBeInstanceOf(AuthenticationError);
  expect(run.progress).toMatchObject({ read: 10, accepted: 10, confirmed: 0, inProgress: 0 });
  rule.remove();
});

test('an abort ends the waiting', async () => {
  const rule = emulator.rule('ListInputs', { status: 11005 });
  const run = clarifai.ingest(items(10), { ...confirmed, retry: { throttledDelayMs: 60_000, maxDelayMs: 60_000 } });
  while (emulator.requests({ method: 'ListInputs' }).length === 0) await new Promise((next) => setTimeout(next, 20));
  await run.close('abort');
  expect(run.progress).toMatchObject({ read: 10, accepted: 10, inProgress: 0 });
  rule.remove();
});
