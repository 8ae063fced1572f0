import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { AttemptMessage, ChunkMessage, OutcomeMessage } from '../../../src/diagnostics/messages';
import { observe } from '../../../src/diagnostics/observe';
import type { InputLike } from '../../../src/inputs/input-like';
import { item, items, loaded, quick } from './load';

let emulator: Emulator;
let clarifai: Clarifai;
let started: AttemptMessage[];
let ended: AttemptMessage[];
let chunks: ChunkMessage[];
let told: OutcomeMessage[];
let stops: (() => void)[];

beforeEach(async () => {
  emulator = await startEmulator({ seed: 7 });
  clarifai = new Clarifai(emulator.clientOptions);
  started = [];
  ended = [];
  chunks = [];
  told = [];
  stops = [
    observe('clarifai-grpc:attempt:start', (message) => started.push(message)),
    observe('clarifai-grpc:attempt:end', (message) => ended.push(message)),
    observe('clarifai-grpc:chunk', (message) => chunks.push(message)),
    observe('clarifai-grpc:outcome', (message) => told.push(message)),
  ];
});

afterEach(async () => {
  for (const stop of stops) stop();
  await clarifai.close({ behaviour: 'abort' });
  await emulator.close();
});

describe('of a run, whoever observes hears', () => {
  it('of each attempt and each chunk, also of those that failed', async () => {
    emulator.script('PostInputs', [14, 'ok', 14]);
    const { summary } = await loaded(clarifai.ingest(items(384), quick));
    expect(summary).toMatchObject({ accepted: 384, chunks: 3 });
    expect(started.map(({ method }) => method)).toEqual(Array(5).fill('PostInputs'));
    expect(new Set(ended)).toEqual(new Set(started));
    expect(ended.map(({ ending }) => ending).sort()).toEqual(['failed', 'failed', 'ok', 'ok', 'ok']);
    expect(chunks).toHaveLength(5);
    const answered = chunks.filter(({ error }) => error === undefined);
    expect(answered.map(({ method, items }) => [method, items])).toEqual(Array(3).fill(['PostInputs', 128]));
    expect(answered.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(summary.bytes);
    const failed = chunks.filter(({ error }) => error !== undefined);
    expect(failed).toEqual(Array(2).fill(expect.objectContaining({ items: 128, error: expect.any(Error) })));
    expect(chunks.every(({ durationMs }) => durationMs >= 0)).toBe(true);
  });

  it('of each outcome once, as its reader is told', async () => {
    const source: InputLike[] = [...items(200), item(3), { id: 'a/b', text: 'x' }];
    const { outcomes } = await loaded(clarifai.ingest(source, quick));
    const byIndex = (a: { index: number }, b: { index: number }): number => a.index - b.index;
    const about = outcomes.map((outcome) => ({
      ...{ index: outcome.index, id: outcome.id, kind: outcome.kind, ok: outcome.kind === 'accepted' },
      ...('error' in outcome && { error: outcome.error }),
    }));
    expect(about.map(({ kind }) => kind).filter((kind) => kind !== 'accepted')).toHaveLength(2);
    const heard = told.map(({ client: _, method, ...message }) => {
      expect(method).toBe('PostInputs');
      return message;
    });
    expect(heard.sort(byIndex)).toEqual(about.sort(byIndex));
  });

  it('of what nobody reads, and of what an abort left unsent', async () => {
    emulator.script('PostInputs', [{ blackHole: true }]);
    const run = clarifai.ingest(items(50), quick);
    const begun = new Promise<void>((resolve) => stops.push(observe('clarifai-grpc:attempt:start', () => resolve())));
    await begun;
    await run.close('abort');
    expect(told.map(({ kind, ok }) => [kind, ok])).toEqual(Array(50).fill(['unsent', false]));
    expect(ended.map(({ ending }) => ending)).toEqual(['aborted']);
    expect(chunks).toEqual([expect.objectContaining({ items: 50, error: expect.anything() })]);
  });

  it('which client it is of', async () => {
    await clarifai.ingest(items(1), quick).done;
    const clients = [...started, ...ended, ...chunks, ...told].map(({ client }) => client);
    expect(clients).toHaveLength(4);
    expect(new Set(clients).size).toBe(1);
    expect(clients[0]).toEqual({ address: new URL(emulator.clientOptions.base).host });
  });
});
