import type { Command as Program, CommanderError } from 'commander';
import { commands } from './commands';
import type { Command, CommandGroup } from './shell/command';
import { type ExitCode, exitCode } from './shell/exit-code';
import { exitCodeOf } from './shell/failure';
import { Given } from './shell/given';
import type { Terminal } from './shell/terminal';

/** Runs one command line, without the names of node and the script, and says how it ended. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let ended: ExitCode = exitCode.ok;
  try {
    if (args[0] === '--version' || args[0] === '-V') {
      await terminal.out(`${(await import('../index')).version}\n`);
      return exitCode.ok;
    }
    const program = await programOf(terminal, async (command, given) => {
      ended = await (await command.load())(given, terminal);
    });
    await program.parseAsync(args, { from: 'user' });
    return ended;
  } catch (error) {
    // Commander has told its own.
    if (isCommanderError(error)) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    terminal.err(`clarifai-grpc: ${error instanceof Error ? error.message : String(error)}\n`);
    return exitCodeOf(error);
  }
}

type Call = (command: Command, given: Given) => Promise<void>;

async function programOf(terminal: Terminal, call: Call): Promise<Program> {
  const { Command: ProgramClass, Option } = await loadCommander();
  const program = quiet(new ProgramClass('clarifai-grpc'), terminal)
    .description('Work with the Clarifai platform from the command line')
    .option('-V, --version', 'print the version');

  const addTo = (parent: Program, command: Command): void => {
    const sub = quiet(parent.command(command.name), terminal).description(command.summary);
    for (const argument of command.arguments) sub.argument(argument);
    for (const { flags, summary, choices, fallback } of command.options) {
      const option = new Option(flags, summary).default(fallback);
      sub.addOption(choices === undefined ? option : option.choices(choices));
    }
    if (command.examples !== undefined) {
      sub.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  $ ${example}\n`).join('')}`);
    }
    sub.action(() => call(command, new Given(sub.args, sub.optsWithGlobals())));
  };
  for (const item of commands) {
    if (isGroup(item)) {
      const group = quiet(program.command(item.name), terminal).description(item.summary);
      for (const command of item.commands) addTo(group, command);
    } else {
      addTo(program, item);
    }
  }
  return program;
}

function isGroup(item: Command | CommandGroup): item is CommandGroup {
  return 'commands' in item;
}

/** Throws instead of ending the process, and writes where it is told to. */
function quiet(program: Program, { stdout, stderr }: Terminal): Program {
  return program.exitOverride().configureOutput({
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
  });
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
