import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { DeadLetter } from '../../../src/ingestion/dead-letters/dead-letter';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import type { IngestionRun } from '../../../src/ingestion/ingestion-run';
import type { IngestionOutcome } from '../../../src/ingestion/outcome';
import type { Source } from '../../../src/ingestion/source';
import type { InputLike } from '../../../src/inputs/input-like';

let directory: string;
let resume: string;
let deadLetters: string;
let emulator: Emulator;
let clarifai: Clarifai;
const quick: IngestOptions = { retry: { baseDelayMs: 1, throttledDelayMs: 1 }, requestsPerSecond: null, lingerMs: 1 };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'resume-'));
  resume = join(directory, 'journal');
  deadLetters = join(directory, 'letters.ndjson');
  emulator = await startEmulator();
  clarifai = new Clarifai(emulator.clientOptions);
});

afterEach(async () => {
  await clarifai.close();
  await emulator.close();
  await rm(directory, { recursive: true });
});

const inputs = (count: number): InputLike[] =>
  Array.from({ length: count }, (_, index) => ({ text: `text ${index}`, metadata: { index } }));

const withCursors = (count: number): Source => ({
  *read({ after }) {
    const from = after === undefined ? 0 : Number(after) + 1;
    for (let index = from; index < count; index++) yield { input: { text: `text ${index}` }, cursor: String(index) };
  },
});

const posts = (): number => emulator.requests({ method: 'PostInputs' }).length;

async function all(run: IngestionRun): Promise<IngestionOutcome[]> {
  const outcomes: IngestionOutcome[] = [];
  for await (const outcome of run) outcomes.push(outcome);
  return outcomes;
}

async function letters(): Promise<DeadLetter[]> {
  const lines = (await readFile(deadLetters, 'utf8')).split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as DeadLetter);
}

describe('resume', () => {
  test('a source without cursors is read again, nothing is sent again, and every outcome is told as it was', async () => {
    await clarifai.ingest(inputs(300), { ...quick, resume }).done;
    const before = posts();
    const run = clarifai.ingest(inputs(301), { ...quick, resume });
    const outcomes = await all(run);
    expect(posts()).toBe(before + 1);
    expect(outcomes.filter(({ resumed }) => resumed === true)).toHaveLength(300);
    expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    const told = outcomes.find(({ index }) => index === 7);
    expect(told).toMatchObject({ resumed: true, input: { id: told?.id, data: { metadata: { index: 7 } } } });
    expect(await run.done).toMatchObject({ read: 301, accepted: 301, resumed: 300, unsent: 0 });
  });

  test.each([
    ['skip', 'already-existed'],
    ['fail', 'rejected'],
    ['overwrite', 'already-existed'],
  ] as const)('what the source has twice is told again without being sent (%s)', async (onDuplicate, kind) => {
    const source = [...inputs(20), ...inputs(20)];
    await clarifai.ingest(source, { ...quick, resume, onDuplicate }).done;
    const before = emulator.requests().length;
    const outcomes = await all(clarifai.ingest(source, { ...quick, resume, onDuplicate }));
    expect(emulator.requests().length).toBe(before);
    expect(outcomes.filter(({ index }) => index < 20).every((outcome) => outcome.kind === 'accepted')).toBe(true);
    const again = outcomes.filter(({ index }) => index >= 20);
    expect(again.map((outcome) => [outcome.kind, outcome.resumed])).toEqual(Array(20).fill([kind, true]));
  });

  test('a source with cursors is read from where all before it was told', async () => {
    await all(clarifai.ingest(withCursors(300), { ...quick, resume }));
    const outcomes = await all(clarifai.ingest(withCursors(310), { ...quick, resume }));
    expect(outcomes).toHaveLength(10);
    expect(outcomes.every(({ kind, resumed }) => kind === 'accepted' && resumed === undefined)).toBe(true);
  });

  test('outcomes that a reader did not come for are told by the next run, without being sent again', async () => {
    for await (const { index } of clarifai.ingest(withCursors(50), { ...quick, resume, ordered: true })) {
      if (index === 20) break;
    }
    const before = posts();
    const outcomes = await all(clarifai.ingest(withCursors(50), { ...quick, resume }));
    expect(posts()).toBe(before);
    // The outcome at which the reader left may have gone wrong for him.
    expect(outcomes.map(({ id }) => id)).toHaveLength(30);
    expect(outcomes.every(({ kind, resumed }) => kind === 'accepted' && resumed === true)).toBe(true);
  });

  test('random ids are the same in the next run, and equal inputs stay different ones', async () => {
    const same = [...inputs(5), ...inputs(5)];
    const options: IngestOptions = { ...quick, resume, ids: 'random' };
    const first = await all(clarifai.ingest(same, options));
    const second = await all(clarifai.ingest(same, options));
    expect(new Set(first.map(({ id }) => id)).size).toBe(10);
    expect(second.map(({ id }) => id).sort()).toEqual(first.map(({ id }) => id).sort());
    expect(second.every(({ kind, resumed }) => kind === 'accepted' && resumed === true)).toBe(true);
  });

  test('what was only accepted is confirmed by a run that is to confirm', async () => {
    const image: InputLike = { id: 'photo', url: 'https://samples.clarifai.com/metro-north.jpg' };
    await clarifai.ingest([image], { ...quick, resume }).done;
    const [outcome] = await all(clarifai.ingest([image], { ...quick, resume, ack: 'confirmed' }));
    expect(outcome).toMatchObject({ kind: 'confirmed', resumed: true });
  });

  test('one run at a time has a journal, and lets go of it at its end, however it ends', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const waiting = (async function* () {
      yield { text: 'first' };
      await gate;
    })();
    const first = clarifai.ingest(waiting, { ...quick, resume });
    while (first.progress.read === 0) await setImmediate();
    await expect(clarifai.ingest(withCursors(50), { ...quick, resume }).done).rejects.toMatchObject({
      code: 'JOURNAL_LOCKED',
    });
    release();
    expect(await first.done).toMatchObject({ accepted: 1 });
    const throwing = (function* () {
      yield { text: 'second' };
      throw new Error('the source is gone');
    })();
    await expect(all(clarifai.ingest(throwing, { ...quick, resume }))).rejects.toThrow('the source is gone');
    await clarifai.ingest(withCursors(50), { ...quick, resume }).done;
  });

  test('the journal of another app is refused, before anything is read', async () => {
    await clarifai.ingest(inputs(1), { ...quick, resume }).done;
    await using other = new Clarifai({ ...emulator.clientOptions, appId: 'other' });
    const run = other.ingest(inputs(1), { ...quick, resume });
    await expect(run.done).rejects.toMatchObject({ name: 'InvalidRequestError', code: 'JOURNAL_MISMATCH' });
    expect(run.progress.read).toBe(0);
  });

  test('postInputs takes a journal as well', async () => {
    await clarifai.postInputs(inputs(3), { resume });
    const outcomes = await clarifai.postInputs(inputs(3), { resume });
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(posts()).toBe(1);
  });
});

describe('dead letters', () => {
  const mixed: InputLike[] = [
    { id: 'good', text: 'good' },
    { id: 'bad', url: 'https://a.b/bad.jpg', metadata: { why: 'refused' } },
    { id: 'no', text: 'x', concepts: [{ id: 'cat', value: 7 }] },
  ];

  test('what is rejected, here or by the service, is written with its reason, and counted by code', async () => {
    emulator.script('PostInputs', [14, { items: { 1: 30104 } }]);
    const run = clarifai.ingest(mixed, { ...quick, deadLetters });
    const kinds = (await all(run)).map(({ id, kind }) => [id, kind]);
    expect(kinds).toEqual(
      expect.arrayContaining([
        ['good', 'accepted'],
        ['bad', 'dead-lettered'],
        ['no', 'dead-lettered'],
      ]),
    );
    expect(await run.done).toMatchObject({
      ...{ read: 3, accepted: 1, rejected: 0, deadLettered: 2 },
      errors: { INVALID_ARGUMENT: 1, INPUT_INVALID_ARGUMENT: 1 },
    });
    const written = await letters();
    expect(written.find(({ id }) => id === 'bad')).toMatchObject({
      ...{ index: 1, statusCode: 30104, attempts: 2, input: mixed[1] },
      requestId: expect.any(String) as string,
    });
    expect(written.find(({ id }) => id === 'no')).toMatchObject({ index: 2, attempts: 0, code: 'INVALID_ARGUMENT' });
  });

  test('they are sent again with the ids they had', async () => {
    emulator.script('PostInputs', [{ items: { 0: 30104, 1: 30104 } }]);
    await clarifai.ingest([{ text: 'one' }, { id: 'two', text: 'two' }], { ...quick, deadLetters }).done;
    const ids = (await letters()).map(({ id }) => id);
    const outcomes = await all(clarifai.ingest({ retryDeadLetters: deadLetters }, quick));
    expect(outcomes.map(({ id, kind }) => [id, kind])).toEqual(ids.map((id) => [id, 'accepted']));
  });

  test('a letter is written once, however often the run is resumed', async () => {
    const rule = emulator.rule('PostInputs', { items: { 1: 30104 } });
    for (let times = 0; times < 3; times++) {
      const outcomes = await all(clarifai.ingest(mixed, { ...quick, resume, deadLetters }));
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'dead-lettered', 'dead-lettered']);
    }
    rule.remove();
    expect(await letters()).toHaveLength(2);
  });

  test('a file that cannot be written ends the run, and no outcome is missing', async () => {
    const run = clarifai.ingest(mixed, { ...quick, deadLetters: join(directory, 'no', 'such', 'file') });
    await expect(run.done).rejects.toThrow('Expected `deadLetters` to be a file that can be written');
    expect(run.progress).toMatchObject({ read: 0, inProgress: 0 });
  });

  test('a run does not read the letters that it writes', () => {
    expect(() => clarifai.ingest({ retryDeadLetters: deadLetters }, { deadLetters })).toThrow(
      'Expected `deadLetters` to be another file than `retryDeadLetters`',
    );
  });

  test.each([
    [{ resume: '' }, 'resume'],
    [{ resume: 7 as unknown as string }, 'resume'],
    [{ deadLetters: ' ' }, 'deadLetters'],
    [{ ids: 'uuid' as 'random' }, 'ids'],
  ])('%j is refused at once', (options, name) => {
    expect(() => clarifai.ingest(inputs(1), options)).toThrow(`Expected \`${name}\` to be`);
  });
});
