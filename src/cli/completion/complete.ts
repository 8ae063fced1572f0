import type { Action, Command, CommandGroup } from '../shell/command';
import { exitCode } from '../shell/exit-code';
import { candidatesFor } from './candidates';

/** Prints a line for each candidate, with a tab before what it means. */
export function completeFrom(listing: readonly (Command | CommandGroup)[]): Action {
  return async (given, terminal) => {
    for (const { value, summary } of await candidatesFor(given.arguments, listing, terminal)) {
      await terminal.out(summary === undefined ? `${value}\n` : `${value}\t${summary}\n`);
    }
    return exitCode.ok;
  };
}
