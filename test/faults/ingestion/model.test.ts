import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { FaultStep } from '../../../src/emulator/service/fault-step';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import type { IngestionRun } from '../../../src/ingestion/ingestion-run';
import type { IngestionOutcome, IngestionProgress } from '../../../src/ingestion/outcome';
import type { Lease, Source } from '../../../src/ingestion/source';
import type { InputLike, InputsLike } from '../../../src/inputs/input-like';
import { seededRandom } from '../../unit/seeded-random';
import { idsInEmulator, quick } from './load';

// Loads of seeded inputs, in seeded ways, through seeded faults, ended at seeded moments and begun again: what is promised of
// every run is held against each.

jest.setTimeout(60_000);

const faults: readonly Exclude<FaultStep, 'ok' | number>[] = [
  { grpc: 14 },
  { grpc: 13 },
  { grpc: 8 },
  { status: 11005 },
  { reset: 2 },
  { disconnect: true },
  { latencyMs: 5 },
  { dropAfterCommit: true },
  { dropAfterCommit: true, grpc: 13 },
  { dropAfterCommit: true, disconnect: true },
];

const ends = ['none', 'break', 'throw', 'abort', 'drain', 'signal', 'timeout', 'source'] as const;

class Model {
  readonly random: () => number;
  readonly items: readonly (InputLike | Error)[];
  /** Ids that the app is to have at the end. */
  readonly ids: readonly string[];
  readonly options: IngestOptions;
  readonly form: 'array' | 'generator' | 'async' | 'queue' | 'file';
  /** Calls of `ack` and `nack` for each item that was given, run by run. */
  calls: string[][] = [];

  constructor(seed: number, resume: string | undefined) {
    this.random = seededRandom(seed);
    const count = 20 + this.#below(150);
    this.items = Array.from({ length: count }, (_, index) => this.#item(index));
    const valid = this.items.filter((item): item is InputLike & { id: string } => 'id' in Object(item));
    this.ids = [...new Set(valid.filter((item) => !('url' in item)).map(({ id }) => id))].sort();
    this.form = this.oneOf(['array', 'generator', 'async', 'queue', 'file']);
    this.options = {
      ...quick,
      chunkBytes: this.oneOf([200, 1000, 1_000_000]),
      budgetItems: this.oneOf([3, 100, 4096]),
      budgetBytes: this.oneOf([500, 1_000_000]),
      concurrency: this.oneOf([1, 4, 16]),
      lingerMs: this.oneOf([0, 5]),
      ordered: this.random() < 0.3,
      ack: this.random() < 0.2 ? 'confirmed' : 'accepted',
      onDuplicate: this.oneOf(['skip', 'fail', 'overwrite']),
      resume,
    };
  }

  oneOf<T>(values: readonly T[]): T {
    return values[this.#below(values.length)] as T;
  }

  source(failsAt: number): InputsLike | Source {
    const { items, form, random } = this;
    const give = (index: number): InputLike | Error => {
      if (index === failsAt) throw new Error('the source failed');
      return items[index] as InputLike | Error;
    };
    if (form === 'array' && failsAt === Infinity) return items as InputLike[];
    const indices = [...items.keys()];
    if (form === 'async') {
      return (async function* () {
        for (const index of indices) {
          if (random() < 0.02) await pause(2);
          yield give(index);
        }
      })();
    }
    if (form === 'array' || form === 'generator') {
      return (function* () {
        for (const index of indices) yield give(index);
      })();
    }
    return { read: ({ after }) => this.#leases(form === 'file' && after !== undefined ? Number(after) + 1 : 0, give) };
  }

  async *#leases(from: number, give: (index: number) => InputLike | Error): AsyncGenerator<Lease> {
    this.calls = [];
    for (let index = from; index < this.items.length; index++) {
      const calls: string[] = [];
      const input = give(index);
      this.calls.push(calls);
      const cursor = this.form === 'file' ? { cursor: String(index) } : {};
      if (this.random() < 0.02) await pause(1);
      yield { input, ...cursor, ack: () => void calls.push('ack'), nack: () => void calls.push('nack') };
    }
  }

  #below(count: number): number {
    return Math.floor(this.random() * count);
  }

  #item(index: number): InputLike | Error {
    const chance = this.random();
    if (chance < 0.02) return new Error('no such row');
    if (chance < 0.04) return { id: `bad-${index}`, url: 'no URL' };
    // Twice in the source, near each other or not.
    if (chance < 0.12) return { id: `item-${this.#below(index + 1)}`, text: `again ${'x'.repeat(this.#below(200))}` };
    return { id: `item-${index}`, text: `${index} ${'x'.repeat(this.#below(200))}` };
  }
}

interface Told {
  readonly outcomes: readonly IngestionOutcome[];
  readonly summary: IngestionProgress;
  readonly isIterated: boolean;
}

/** One run, ended as told after some outcomes. */
async function runOnce(
  clarifai: Clarifai,
  model: Model,
  end: (typeof ends)[number],
  isIterated: boolean,
): Promise<Told> {
  const after = Math.floor(model.random() * model.items.length * 0.7);
  const controller = new AbortController();
  const timeoutMs = end === 'timeout' ? 1 + Math.floor(model.random() * 50) : null;
  const run = clarifai.ingest(model.source(end === 'source' ? after : Infinity), {
    ...model.options,
    timeoutMs,
    signal: controller.signal,
  });
  const stop = (): void => {
    if (end === 'abort' || end === 'drain') void run.close(end);
    if (end === 'signal') controller.abort(new Error('stopped'));
  };
  const outcomes: IngestionOutcome[] = [];
  if (isIterated) await iterate(run, outcomes, after, end, stop).catch(() => undefined);
  else setTimeout(stop, model.random() * 30).unref();
  await run.done.catch(() => undefined);
  return { outcomes, summary: run.progress, isIterated: isIterated && end !== 'break' && end !== 'throw' };
}

async function iterate(
  run: IngestionRun,
  outcomes: IngestionOutcome[],
  after: number,
  end: (typeof ends)[number],
  stop: () => void,
): Promise<void> {
  for await (const outcome of run) {
    if (outcomes.push(outcome) !== after) continue;
    if (end === 'break') break;
    if (end === 'throw') throw new Error('the reader failed');
    stop();
  }
}

function hold({ outcomes, summary, isIterated }: Told, model: Model): void {
  const { read, accepted, confirmed, alreadyExisted, rejected, deadLettered, unsent, inProgress } = summary;
  expect(inProgress).toBe(0);
  expect(accepted + confirmed + alreadyExisted + rejected + deadLettered + unsent).toBe(read);
  const indices = outcomes.map(({ index }) => index);
  expect(new Set(indices).size).toBe(indices.length);
  if (isIterated) expect(indices.toSorted((a, b) => a - b)).toEqual([...Array(read).keys()]);
  if (model.options.ordered === true) expect(indices).toEqual(indices.toSorted((a, b) => a - b));
  for (const calls of model.calls.slice(0, read)) expect(calls).toHaveLength(1);
}

async function play(seed: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'model-'));
  const emulator: Emulator = await startEmulator({ seed });
  const clarifai = new Clarifai(emulator.clientOptions);
  try {
    const model = new Model(seed, seed % 2 === 0 ? join(directory, 'journal') : undefined);
    for (const fault of faults) {
      if (model.random() < 0.4) emulator.rule('PostInputs', { ...fault, percent: 1 + Math.floor(model.random() * 15) });
    }
    const created: string[] = [];
    const runs = 1 + Math.floor(model.random() * 4);
    for (let number = 0; number <= runs; number++) {
      const end = number === runs ? 'none' : model.oneOf(ends);
      const told = await runOnce(clarifai, model, end, number === runs || model.random() < 0.8);
      hold(told, model);
      for (const { kind, id, resumed } of told.outcomes) {
        if (kind === 'accepted' && resumed !== true) created.push(id as string);
      }
      if (end === 'none') expect(told.summary.unsent).toBe(0);
    }
    expect((await idsInEmulator(emulator, clarifai)).sort()).toEqual(model.ids);
    // Without a journal, a run cannot tell the copy of an earlier one from its own whose answer was lost; and what was there
    // already is `accepted`, too, when its data is replaced.
    const { resume, onDuplicate } = model.options;
    if (resume !== undefined && onDuplicate !== 'overwrite') expect(new Set(created).size).toBe(created.length);
  } finally {
    await clarifai.close({ behaviour: 'abort' });
    await emulator.close();
    await rm(directory, { recursive: true });
  }
}

test.each([...Array(8).keys()])('whatever happens, nothing is lost and nothing doubled (seed %d)', play);
