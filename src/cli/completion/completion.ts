import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { nearest } from '../shell/nearest';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { scripts } from './scripts';

export async function completion(given: Given, terminal: Terminal): Promise<ExitCode> {
  const shell = given.argument(0);
  const script = scripts.get(shell);
  if (script === undefined) {
    const known = [...scripts.keys()];
    const near = nearest(shell, known);
    throw new UsageError(
      `There is no script for \`${shell}\`, ${near === undefined ? `but for ${known.join(', ')}` : `did you mean ${near}?`}`,
    );
  }
  await terminal.out(script);
  return exitCode.ok;
}
