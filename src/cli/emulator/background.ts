import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type Address, toJson, toText } from './address';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Terminal } from '../shell/terminal';

/**
 * Runs this same command in a process of its own, which stays when this one ends, as soon as the emulator can be called. So a script
 * has nothing to wait for.
 */
export async function inBackground(terminal: Terminal, json: boolean): Promise<ExitCode> {
  const own = ['--background', '--json'];
  const args = process.argv.slice(1).filter((argument) => !own.includes(argument));
  const child = spawn(process.execPath, [...process.execArgv, ...args, '--json', '--detached'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // From the start: what nobody reads is gone when a process ends.
  const errors = text(child.stderr).catch(() => '');
  const ended = once(child, 'exit').then(() => undefined);
  const told = await Promise.race([once(child.stdout, 'data'), ended]);
  if (told === undefined) {
    terminal.err(await errors);
    return child.exitCode === exitCode.usage ? exitCode.usage : exitCode.failure;
  }
  const address = JSON.parse(String(told[0])) as Address;
  await terminal.out(json ? toJson(address) : `${toText(address)}# it runs until this ends it: kill ${address.pid}\n`);
  // It writes nothing more; without this, whoever reads what this process writes would wait for the other.
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
  return exitCode.ok;
}
