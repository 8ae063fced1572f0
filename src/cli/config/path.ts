import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { Contexts } from './contexts';

export async function contextPath(given: Given, terminal: Terminal): Promise<ExitCode> {
  const { path } = new Contexts(given, terminal);
  await new Print(given, terminal).item({ path }, () => path);
  return exitCode.ok;
}
