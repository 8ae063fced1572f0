import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './app-cells';

/** RPC: V2.PostApps */
export async function createApp(given: Given, terminal: Terminal): Promise<ExitCode> {
  const description = given.text('description');
  await using clarifai = await connect(given, terminal);
  const app = await clarifai.user().apps.create(given.argument(0), {
    baseWorkflow: given.text('baseWorkflow'),
    ...(description !== undefined && { description }),
  });
  await new Print(given, terminal).record(app, toCells(app));
  return exitCode.ok;
}
