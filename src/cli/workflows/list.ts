import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import { firstOf } from '../shell/first-of';
import type { Given } from '../shell/given';
import { limitOf } from '../shell/limit';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './workflow-cells';

/** RPC: V2.ListWorkflows */
export async function listWorkflows(given: Given, terminal: Terminal): Promise<ExitCode> {
  const limit = limitOf(given);
  await using clarifai = await connect(given, terminal);
  const workflows = clarifai.app().workflows.list({ onlyInApp: !given.flag('public') });
  await new Print(given, terminal).list(firstOf(workflows, limit), toCells);
  return exitCode.ok;
}
