import type { CommanderError } from 'commander';
import { type Commander, programOf } from './program';
import { type ExitCode, exitCode } from './shell/exit-code';
import { tellFailure } from './shell/failure';
import { nearest } from './shell/nearest';
import { connectionOptions } from './shell/shared-options';
import type { Terminal } from './shell/terminal';

/** Runs one command line, without the names of node and the script, and says how it ended. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let ended: ExitCode = exitCode.ok;
  try {
    if (args[0] === '--version' || args[0] === '-V') {
      await terminal.out(`${(await import('../index')).version}\n`);
      return exitCode.ok;
    }
    const program = programOf(await loadCommander(), args, terminal, async (command, given) => {
      try {
        ended = await (await command.load())(given, terminal);
      } catch (error) {
        ended = tellFailure(error, terminal, given.flag('json'));
      }
    });
    await program.parseAsync(args, { from: 'user' });
    return ended;
  } catch (error) {
    // Commander has told its own.
    if (isCommanderError(error)) {
      if (error.code === 'commander.unknownOption') suggestShared(error.message, terminal);
      return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    }
    return tellFailure(error, terminal);
  }
}

/** Commander suggests no option that the help leaves out, as those before a command. */
function suggestShared(message: string, terminal: Terminal): void {
  const [, flag] = /'(--[^'=]+)/.exec(message) ?? [];
  if (flag === undefined || message.includes('Did you mean')) return;
  const near = nearest(
    flag,
    connectionOptions.map(({ flags }) => /--[\w-]+/.exec(flags)?.[0] ?? ''),
  );
  if (near !== undefined && near !== flag) terminal.err(`(Did you mean ${near}?)\n`);
}

function isCommanderError(error: unknown): error is CommanderError {
  return (
    error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')
  );
}

async function loadCommander(): Promise<Commander> {
  try {
    return await import('commander');
  } catch (cause) {
    throw new Error('The command line needs the optional package `commander`: npm install commander', { cause });
  }
}
