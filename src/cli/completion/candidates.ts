import type { Command, CommandGroup, OptionSpec } from '../shell/command';
import { connectionOptions } from '../shell/shared-options';
import type { Terminal } from '../shell/terminal';

/** What a word may become, and what that means. */
export interface Candidate {
  readonly value: string;
  readonly summary?: string | undefined;
}

type Item = Command | CommandGroup;

/**
 * What the last of the words may become; none where only files make sense, or nothing is known.
 *
 * @param words those after the program's name; the last one, perhaps empty, is being written
 */
export async function candidatesFor(
  words: readonly string[],
  listing: readonly Item[],
  terminal: Terminal,
): Promise<readonly Candidate[]> {
  // Bash makes words of their own of the `=` in `--style=python`.
  const written = words.at(-1) === '=' ? [...words, ''] : words;
  const whole = written.filter((word) => word !== '=').flatMap((word) => (/^--[^=]+=/.test(word) ? split(word) : word));
  const current = whole.at(-1) ?? '';
  const { item, command, given, open } = understand(whole.slice(0, -1), listing);
  const fits = ({ value }: Candidate): boolean => value.startsWith(current);
  if (open !== undefined) return (await valuesOf(open, terminal)).filter(fits);
  if (current.startsWith('-')) return optionsLeft(command?.options ?? connectionOptions, whole).filter(fits);
  if (command === undefined) {
    const named = item === undefined ? listing : 'commands' in item ? item.commands : [];
    return named
      .filter((each) => !('isHidden' in each) || each.isHidden !== true)
      .map(({ name, summary }) => ({ value: name, summary }))
      .filter(fits);
  }
  const choices = (await command.argumentChoices?.(given, terminal)) ?? [];
  return choices.map((value) => ({ value })).filter(fits);
}

interface Understood {
  /** What the first word names. */
  readonly item: Item | undefined;
  /** What is called. */
  readonly command: Command | undefined;
  /** How many arguments it has. */
  readonly given: number;
  /** The option whose value comes next. */
  readonly open: OptionSpec | undefined;
}

function understand(words: readonly string[], listing: readonly Item[]): Understood {
  let item: Item | undefined;
  let command: Command | undefined;
  let given = 0;
  let open: OptionSpec | undefined;
  for (const word of words) {
    if (open !== undefined) open = undefined;
    else if (word.startsWith('-') && word !== '-') open = takingValue(command?.options ?? connectionOptions, word);
    else if (command !== undefined) given += 1;
    else if (item === undefined) {
      item = listing.find(({ name }) => name === word);
      command = item !== undefined && !('commands' in item) ? item : undefined;
    } else if ('commands' in item) command = item.commands.find(({ name }) => name === word);
  }
  return { item, command, given, open };
}

function takingValue(options: readonly OptionSpec[], word: string): OptionSpec | undefined {
  const option = options.find(({ flags }) => namesOf(flags).includes(word));
  return option !== undefined && /[<[]/.test(option.flags) ? option : undefined;
}

function optionsLeft(options: readonly OptionSpec[], words: readonly string[]): readonly Candidate[] {
  const help = { flags: '-h, --help', summary: 'display help for command' };
  return [...options, help]
    .filter(
      ({ flags, repeats }: OptionSpec) =>
        repeats === true || !namesOf(flags).some((name) => words.slice(0, -1).includes(name)),
    )
    .map(({ flags, summary }) => ({ value: namesOf(flags).at(-1) ?? '', summary }));
}

async function valuesOf({ flags, choices }: OptionSpec, terminal: Terminal): Promise<readonly Candidate[]> {
  if (choices !== undefined) return choices.map((value) => ({ value }));
  if (!flags.startsWith('--context ')) return [];
  const { contextNames } = await import('../config/context-names');
  return (await contextNames(terminal)).map((value) => ({ value }));
}

/** `-q, --quiet` has two. */
function namesOf(flags: string): readonly string[] {
  return flags.split(/[ ,]+/).filter((part) => part.startsWith('-'));
}

function split(word: string): readonly string[] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}
