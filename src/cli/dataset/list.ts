import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import { firstOf } from '../shell/first-of';
import type { Given } from '../shell/given';
import { limitOf } from '../shell/limit';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';

/** RPC: V2.ListDatasets */
export async function listDatasets(given: Given, terminal: Terminal): Promise<ExitCode> {
  const limit = limitOf(given);
  await using clarifai = await connect(given, terminal);
  await new Print(given, terminal).list(
    firstOf(clarifai.app().datasets.list(), limit),
    ({ id, createdAt, description }) => ({ id, created: createdAt, description }),
  );
  return exitCode.ok;
}
