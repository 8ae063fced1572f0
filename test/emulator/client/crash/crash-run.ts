import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Emulator } from '../../../../src/emulator';
import type { IngestionSummary } from '../../../../src/ingestion/outcome';
import { V2Stub } from '../../../../src/rpc/v2-stub';
import { seededRandom } from '../../../unit/seeded-random';

interface Scenario {
  readonly ids: 'content' | 'caller' | 'random';
  readonly hasCursor: boolean;
  readonly count: number;
}

const scenarios: readonly Scenario[] = (['content', 'caller', 'random'] as const).flatMap((ids) =>
  [true, false].map((hasCursor) => ({ ids, hasCursor, count: 2000 })),
);

/** Longest life of a process that is killed, from when it began to ingest: most of the source is through by then. */
const longestLifeMs = 300;

/**
 * Starts a process that ingests, kills it at a moment that the seed decides, resumes the run in another process to its end,
 * and compares what the service has with what it should have, and what was reported with what was read.
 */
export async function crashAndResume(emulator: Emulator, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const scenario = scenarios[Math.floor(random() * scenarios.length)] as Scenario;
  const lifeMs = random() * longestLifeMs;
  const directory = await mkdtemp(join(tmpdir(), 'crash-'));
  try {
    const { clientOptions } = emulator;
    const config = JSON.stringify({ ...scenario, clientOptions, resume: join(directory, 'journal') });
    emulator.reset();
    emulator.rule('PostInputs', { latencyMs: Math.floor(random() * 20) });
    emulator.rule('PostInputs', { dropAfterCommit: true, percent: 10 });
    const killed = await run(config, lifeMs);
    const resumed = await run(config, undefined);
    compareContents(expectedContents(scenario), await contentsOf(emulator));
    compareReports(scenario, killed, resumed);
  } catch (error) {
    throw new Error(`seed ${seed}: ${JSON.stringify(scenario)}, killed after ${lifeMs} ms`, { cause: error });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** What a process told of its run. */
interface Told {
  readonly outcomes: readonly { readonly kind: string; readonly id: string; readonly resumed: boolean }[];
  /** `undefined` when it was killed before the end. */
  readonly summary: IngestionSummary | undefined;
}

/** @param config of a crash run, as JSON */
export function startProcess(config: string): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [join(__dirname, 'crash-child.mjs'), config], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(config: string, lifeMs: number | undefined): Promise<Told> {
  const child = startProcess(config);
  child.stderr.pipe(process.stderr, { end: false });
  let output = '';
  const closed = once(child, 'close');
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '' && lifeMs !== undefined) void setTimeout(lifeMs).then(() => child.kill('SIGKILL'));
    output += text;
  });
  await closed;
  // What follows the last line break was cut off, and does not count as told.
  const [begin, ...lines] = output.split('\n').slice(0, -1);
  expect(begin).toBe('begin');
  const end = lines.at(-1)?.startsWith('end ') === true ? lines.pop() : undefined;
  const outcomes = lines.map((line) => {
    const [kind = '', id = '', resumed] = line.split(' ');
    return { kind, id, resumed: resumed === 'true' };
  });
  return { outcomes, summary: end === undefined ? undefined : (JSON.parse(end.slice(4)) as IngestionSummary) };
}

/** The contents of all inputs that the service has. */
async function contentsOf(emulator: Emulator): Promise<unknown[]> {
  const stub = new V2Stub(emulator.stubOptions);
  const contents: unknown[] = [];
  try {
    for (let page = 1; ; page++) {
      const { userId, appId } = emulator;
      const { inputs } = await stub.ListInputs({ userAppId: { userId, appId }, page, perPage: 1000 });
      if (inputs.length === 0) return contents;
      for (const { data } of inputs) contents.push(data?.metadata?.['content']);
    }
  } finally {
    await stub.close();
  }
}

function expectedContents({ ids, count }: Scenario): number[] {
  const contents = Array.from({ length: count }, (_, index) => (index % 10 === 9 ? index - 5 : index));
  return ids === 'random' ? contents : [...new Set(contents)];
}

/** Both may hold a content several times. */
function compareContents(expected: readonly unknown[], actual: readonly unknown[]): void {
  const missing = new Map<unknown, number>();
  for (const content of expected) missing.set(content, (missing.get(content) ?? 0) + 1);
  for (const content of actual) missing.set(content, (missing.get(content) ?? 0) - 1);
  const times = [...missing].filter(([, count]) => count !== 0);
  expect({ lost: times.filter(([, count]) => count > 0), twice: times.filter(([, count]) => count < 0) }).toEqual({
    lost: [],
    twice: [],
  });
}

function compareReports({ ids, count }: Scenario, killed: Told, { outcomes, summary }: Told): void {
  const known = new Set(killed.outcomes.filter(({ kind }) => kind === 'accepted').map(({ id }) => id));
  const distinct = ids === 'random' ? count : count * 0.9;
  const accepted = outcomes.filter(({ kind }) => kind === 'accepted');
  // Nothing is told twice by one run, everything by one of the two, and what both told is marked.
  expect(new Set(accepted.map(({ id }) => id)).size).toBe(accepted.length);
  expect(new Set([...known, ...accepted.map(({ id }) => id)]).size).toBe(distinct);
  expect(accepted.filter(({ id, resumed }) => known.has(id) && !resumed)).toEqual([]);
  expect(new Set([...killed.outcomes, ...outcomes].map(({ kind }) => kind))).toEqual(
    new Set(ids === 'random' ? ['accepted'] : ['accepted', 'already-existed']),
  );
  expect(summary).toMatchObject({ read: outcomes.length, accepted: accepted.length, unsent: 0, inProgress: 0 });
}
