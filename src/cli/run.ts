import type { Command as Program, CommanderError } from 'commander';
import { version } from '../index';
import type { CommandOptions, Output } from './command';
import { commands } from './commands';
import { type ExitCode, exitCode } from './exit-code';

/** Runs one command line, without the names of node and the script, and says how it ended. */
export async function run(args: readonly string[], output: Output): Promise<ExitCode> {
  let ended: ExitCode = exitCode.ok;
  try {
    const { Command: ProgramClass, Option } = await loadCommander();
    const program = quiet(new ProgramClass('clarifai-grpc'), output)
      .description('Work with the Clarifai platform from the command line')
      .version(version);
    for (const command of commands) {
      const sub = quiet(program.command(command.name), output).description(command.summary);
      for (const { flags, summary, choices, fallback } of command.options) {
        const option = new Option(flags, summary).default(fallback);
        sub.addOption(choices === undefined ? option : option.choices(choices));
      }
      if (command.argument === undefined) {
        sub.action(async (options: CommandOptions) => {
          ended = await (await command.load())(undefined, options, output);
        });
      } else {
        sub.argument(command.argument).action(async (argument: string, options: CommandOptions) => {
          ended = await (await command.load())(argument, options, output);
        });
      }
    }
    await program.parseAsync(args, { from: 'user' });
    return ended;
  } catch (error) {
    if (isCommanderError(error)) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    output.err(`clarifai-grpc: ${error instanceof Error ? error.message : String(error)}\n`);
    return exitCode.failure;
  }
}

/** Throws instead of ending the process, and writes where it is told to. */
function quiet(program: Program, { out, err }: Output): Program {
  return program.exitOverride().configureOutput({ writeOut: out, writeErr: err });
}

function isCommanderError(error: unknown): error is CommanderError {
  return (
    error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')
  );
}

async function loadCommander(): Promise<typeof import('commander')> {
  try {
    return await import('commander');
  } catch (cause) {
    throw new Error('The command line needs the optional package `commander`: npm install commander', { cause });
  }
}
