import { existsSync } from 'node:fs';
import { startEmulator } from '../../emulator/index';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import type { Terminal } from '../shell/terminal';
import { addressOf, toJson, toText } from './address';
import { inBackground } from './background';
import { readSeed } from './read-seed';
import { untilStopped } from './until-stopped';

export async function emulator(given: Given, terminal: Terminal): Promise<ExitCode> {
  if (given.flag('background')) return inBackground(terminal, given.flag('json'));
  const parentPid = process.ppid;
  const [seed, persist] = [given.text('seed'), given.text('persist')];
  // A state that was kept has had its seed.
  const isNew = persist === undefined || !existsSync(persist);
  const planted = seed === undefined || !isNew ? {} : await readSeed(seed);
  await using running = await startEmulator({
    host: given.text('host'),
    port: given.number('port', { min: 0, max: 65_535, integer: true }),
    tls: given.flag('tls'),
    allowRemote: given.flag('allowRemote'),
    persist,
    strict: given.flag('strict'),
    storeBytes: given.flag('storeBytes'),
    fetchHosts: given.text('fetchHosts')?.split(','),
    keepAlive: true,
  });
  try {
    await running.seed(planted);
  } catch (cause) {
    throw new Error(`${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  // Listening before the address is told: who reads it may end this process at once.
  const stopped = untilStopped(parentPid, given.flag('detached'));
  const address = addressOf(running);
  await terminal.out(given.flag('json') ? toJson(address) : toText(address));
  if (!given.flag('json')) terminal.err('The emulator is running; Ctrl-C stops it.\n');
  await stopped;
  return exitCode.ok;
}
