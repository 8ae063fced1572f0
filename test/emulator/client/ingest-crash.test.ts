import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../../../src/emulator';
import { crashAndResume, startProcess } from './crash/crash-run';

let emulator: Emulator;
beforeAll(async () => void (emulator = await startEmulator({ requestLog: { maxEntries: 1 } })));
afterAll(() => emulator.close());

const seeds = Array.from({ length: 20 }, (_, seed) => seed);

// 200 of them: test/full/ingest-crash.test.ts.
test.each(seeds)(
  'a process that is killed at any moment loses no item, and makes none twice (seed %i)',
  (seed) => crashAndResume(emulator, seed),
  60_000,
);

test('of two processes on one journal, the second is refused, and the first goes on', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'crash-'));
  emulator.reset();
  // The first is under way until the second is gone.
  const rule = emulator.rule('PostInputs', { grpc: 14 });
  const { clientOptions } = emulator;
  const config = { ids: 'content', hasCursor: true, count: 100, clientOptions, resume: join(directory, 'journal') };
  try {
    const first = startProcess(JSON.stringify(config));
    const output = text(first.stdout);
    while (emulator.requests({ method: 'PostInputs' }).length === 0) await setTimeout(10);
    const second = startProcess(JSON.stringify(config));
    const [complaint, [code]] = await Promise.all([text(second.stderr), once(second, 'close')]);
    expect(complaint).toMatch(/JOURNAL_LOCKED/);
    expect(complaint).toContain(`process ${first.pid} holds`);
    expect(code).not.toBe(0);
    rule.remove();
    expect(await output).toMatch(/"accepted":90,/);
  } finally {
    await rm(directory, { recursive: true });
  }
}, 60_000);
