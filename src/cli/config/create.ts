import { contextOfFlags } from '../shell/connection';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { Contexts } from './contexts';

export async function createContext(given: Given, terminal: Terminal): Promise<ExitCode> {
  const name = given.argument(0);
  const contexts = new Contexts(given, terminal);
  const context = contextOfFlags(given);
  await contexts.change(({ currentContext = name, contexts: before }) => {
    if (Object.hasOwn(before, name)) throw new UsageError(`There is a context called \`${name}\` already`);
    return { currentContext, contexts: { ...before, [name]: context } };
  });
  new Print(given, terminal).note(
    `Made the context ${name}; clarifai-grpc login --name ${name} gives it a credential.`,
  );
  return exitCode.ok;
}
