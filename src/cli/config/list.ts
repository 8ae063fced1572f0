import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { Contexts } from './contexts';
import { contextCells, contextJson } from './shown';

export async function listContexts(given: Given, terminal: Terminal): Promise<ExitCode> {
  const print = new Print(given, terminal);
  const contexts = new Contexts(given, terminal);
  const all = await contexts.all();
  const current = await contexts.currentName();
  if (print.json)
    await print.list(
      all.map((context) => contextJson(context, context.name === current)),
      () => ({}),
    );
  else await print.list(all, (context) => ({ ' ': context.name === current ? '*' : '', ...contextCells(context) }));
  if (all.length === 0) print.note('There are no contexts; clarifai-grpc login makes one.');
  return exitCode.ok;
}
