import { toContext } from '../config/context';
import { Contexts } from '../config/contexts';
import { isCredential } from '../shell/connection';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';

/** What else the context says stays, for the next login. */
export async function logout(given: Given, terminal: Terminal): Promise<ExitCode> {
  const contexts = new Contexts(given, terminal);
  const name = given.flag('all') ? undefined : await nameOf(contexts, given.arguments[0]);
  await contexts.change((file) => ({
    ...file,
    contexts: Object.fromEntries(
      Object.entries(file.contexts).map(([each, context]) => {
        if (name !== undefined && each !== name) return [each, context];
        return [each, toContext((field) => (isCredential(field) ? undefined : context[field]))];
      }),
    ),
  }));
  new Print(given, terminal).note(`Logged out of ${name === undefined ? 'all contexts' : `the context ${name}`}.`);
  return exitCode.ok;
}

async function nameOf(contexts: Contexts, named: string | undefined): Promise<string> {
  const chosen = await contexts.chosen(named);
  if (chosen === undefined) throw new UsageError('There is no current context to log out of');
  const { name, file } = chosen;
  if (file !== contexts.path) throw new UsageError(`The context \`${name}\` is that of another client, in ${file}`);
  return name;
}
