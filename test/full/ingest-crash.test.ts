import { type Emulator, startEmulator } from '../../src/emulator';
import { crashAndResume } from '../emulator/client/crash/crash-run';

let emulator: Emulator;
beforeAll(async () => void (emulator = await startEmulator({ requestLog: { maxEntries: 1 } })));
afterAll(() => emulator.close());

const seeds = Array.from({ length: 200 }, (_, seed) => 1000 + seed);

test.each(seeds)('a process that is killed at any moment loses no item, and makes none twice (seed %i)', (seed) =>
  crashAndResume(emulator, seed),
);
