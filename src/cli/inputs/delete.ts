import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';

/** RPC: V2.DeleteInputs; with `--all` also V2.StreamInputs */
export async function deleteInputs(given: Given, terminal: Terminal): Promise<ExitCode> {
  const ids = given.arguments;
  const confirm = given.text('all');
  if ((ids.length === 0) === (confirm === undefined)) {
    throw new UsageError('Expected ids of inputs, or --all with the id of the app');
  }
  await using clarifai = await connect(given, terminal);
  const { inputs } = clarifai;
  if (confirm === undefined) await inputs.delete(ids);
  const deleted = confirm === undefined ? ids.length : await inputs.deleteAll({ confirm });
  await new Print(given, terminal).item({ deleted }, () => `${deleted} deleted`);
  return exitCode.ok;
}
