import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';

/** RPC: V2.DeleteApp */
export async function deleteApp(given: Given, terminal: Terminal): Promise<ExitCode> {
  await using clarifai = await connect(given, terminal);
  await clarifai.app(given.argument(0)).delete();
  await new Print(given, terminal).item({ deleted: 1 }, () => '1 deleted');
  return exitCode.ok;
}
