import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './app-cells';

/** RPC: V2.GetApp */
export async function getApp(given: Given, terminal: Terminal): Promise<ExitCode> {
  await using clarifai = await connect(given, terminal);
  const app = await clarifai.app(given.arguments[0]).get();
  await new Print(given, terminal).record(app, toCells(app));
  return exitCode.ok;
}
