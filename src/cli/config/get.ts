import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { Contexts } from './contexts';
import { contextCells, contextJson } from './shown';

export async function getContext(given: Given, terminal: Terminal): Promise<ExitCode> {
  const contexts = new Contexts(given, terminal);
  const chosen = await contexts.chosen(given.arguments[0]);
  if (chosen === undefined) throw new UsageError('There is no current context; clarifai-grpc login makes one');
  const isCurrent = chosen.name === (await contexts.currentName());
  await new Print(given, terminal).record(contextJson(chosen, isCurrent), contextCells(chosen));
  return exitCode.ok;
}
