import type { Command as Program } from 'commander';
import { commands } from './commands';
import type { Command, CommandGroup, OptionSpec } from './shell/command';
import { Given } from './shell/given';
import { connectionOptions } from './shell/shared-options';
import type { Terminal } from './shell/terminal';
import { UsageError } from './shell/usage-error';

const optionsHint = `
Each command has options of its own, told by its --help. Those that say how to connect (--context, --base, ...) and
how to print (--json, --quiet) may also stand before the command.
`;

/** The parser library, which is loaded when it is needed. */
export type Commander = typeof import('commander');
type Listed = Pick<Command, 'name' | 'summary' | 'isHidden'>;
type Call = (command: Command, given: Given) => Promise<void>;

/**
 * All commands as commander has them. Only what is named is made in full: that takes longer than all else that the help needs.
 *
 * @param call calls the one that was asked for
 */
export function programOf(commander: Commander, args: readonly string[], terminal: Terminal, call: Call): Program {
  const program = quiet(new commander.Command('clarifai-grpc'), terminal)
    .description('Work with the Clarifai platform from the command line')
    .option('-V, --version', 'print the version')
    // So that a command may have an option of the same name.
    .enablePositionalOptions();
  addOptions(commander, program, connectionOptions, true);
  program.addHelpText('after', optionsHint);

  const begin = (parent: Program, { name, summary, isHidden = false }: Listed): Program =>
    quiet(parent.command(name, { hidden: isHidden }), terminal).description(summary);
  const addTo = (parent: Program, command: Command): void => {
    const sub = begin(parent, command);
    for (const argument of command.arguments) sub.argument(argument);
    if (!args.includes(command.name)) return;
    addOptions(commander, sub, command.options);
    if (command.examples !== undefined) {
      sub.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  $ ${example}\n`).join('')}`);
    }
    sub.action(() => call(command, new Given(sub.args, { ...optionsBefore(program, sub), ...sub.opts() })));
  };
  for (const item of commands) {
    if (!isGroup(item)) {
      addTo(program, item);
      continue;
    }
    const group = begin(program, item);
    if (args.includes(item.name)) for (const command of item.commands) addTo(group, command);
  }
  return program;
}

function addOptions({ Option }: Commander, to: Program, options: readonly OptionSpec[], areHidden = false): void {
  for (const { flags, summary, choices, fallback, repeats, group } of options) {
    const option = new Option(flags, summary).default(fallback).hideHelp(areHidden);
    if (repeats === true) option.argParser((value: string, before: readonly string[] = []) => [...before, value]);
    if (group !== undefined) option.helpGroup(group);
    to.addOption(choices === undefined ? option : option.choices(choices));
  }
}

/** The options that stand before a command count for it. @throws UsageError for one that it does not take */
function optionsBefore(program: Program, command: Program): Readonly<Record<string, unknown>> {
  const before = program.opts();
  const taken = new Set(command.options.map((option) => option.attributeName()));
  const stray = program.options.find((option) => {
    const name = option.attributeName();
    return before[name] !== undefined && !taken.has(name);
  });
  if (stray !== undefined) throw new UsageError(`\`${command.name()}\` takes no ${stray.long ?? stray.flags}`);
  return before;
}

function isGroup(item: Command | CommandGroup): item is CommandGroup {
  return 'commands' in item;
}

/** Throws instead of ending the process, and writes where it is told to. */
function quiet(program: Program, terminal: Terminal): Program {
  return program.exitOverride().configureOutput({
    writeOut: (text) => void terminal.stdout.write(text),
    writeErr: (text) => void terminal.stderr.write(text),
    getOutHelpWidth: () => terminal.stdout.columns ?? 100,
    getErrHelpWidth: () => terminal.stderr.columns ?? 100,
    getOutHasColors: () => terminal.hasColors('stdout'),
    getErrHasColors: () => terminal.hasColors('stderr'),
  });
}
