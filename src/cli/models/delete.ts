import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';

/** RPC: V2.DeleteModels */
export async function deleteModels(given: Given, terminal: Terminal): Promise<ExitCode> {
  const ids = given.arguments;
  await using clarifai = await connect(given, terminal);
  await clarifai.app().models.delete(ids);
  await new Print(given, terminal).item({ deleted: ids.length }, () => `${ids.length} deleted`);
  return exitCode.ok;
}
