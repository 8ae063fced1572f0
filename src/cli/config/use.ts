import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { Contexts } from './contexts';

/** A context of another file may be used, too: this command's own file then says its name alone. */
export async function useContext(given: Given, terminal: Terminal): Promise<ExitCode> {
  const contexts = new Contexts(given, terminal);
  const { name, file } = await contexts.find(given.argument(0));
  await contexts.change((before) => ({ ...before, currentContext: name }));
  new Print(given, terminal).note(`Commands use the context ${name} of ${file}.`);
  return exitCode.ok;
}
