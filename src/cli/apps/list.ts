import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import { firstOf } from '../shell/first-of';
import type { Given } from '../shell/given';
import { limitOf } from '../shell/limit';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './app-cells';

/** RPC: V2.ListApps */
export async function listApps(given: Given, terminal: Terminal): Promise<ExitCode> {
  const limit = limitOf(given);
  await using clarifai = await connect(given, terminal);
  await new Print(given, terminal).list(firstOf(clarifai.user().apps.list(), limit), toCells);
  return exitCode.ok;
}
