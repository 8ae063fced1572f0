import { type Emulator, startEmulator } from '../../../src/emulator';
import { crashAndResume } from './crash/crash-run';

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
