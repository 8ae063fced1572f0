import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { Contexts } from './contexts';

export async function deleteContext(given: Given, terminal: Terminal): Promise<ExitCode> {
  const contexts = new Contexts(given, terminal);
  const { name, file } = await contexts.find(given.argument(0));
  if (file !== contexts.path)
    throw new UsageError(`The context \`${name}\` is that of another client; delete it from ${file}`);
  await contexts.change(({ currentContext, contexts: { [name]: _deleted, ...others } }) => ({
    ...(currentContext !== name && currentContext !== undefined && { currentContext }),
    contexts: others,
  }));
  new Print(given, terminal).note(`Deleted the context ${name}.`);
  return exitCode.ok;
}
