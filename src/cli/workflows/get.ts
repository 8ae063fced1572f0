import { formatWorkflowYaml } from '../../index';
import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { toCells } from './workflow-cells';

/** RPC: V2.GetWorkflow */
export async function getWorkflow(given: Given, terminal: Terminal): Promise<ExitCode> {
  const print = new Print(given, terminal);
  const isYaml = given.flag('yaml');
  if (isYaml && print.json) throw new UsageError('Expected --yaml or --json, got both');
  await using clarifai = await connect(given, terminal);
  const workflow = clarifai.workflow(given.argument(0));
  if (isYaml) {
    await terminal.out(formatWorkflowYaml(await workflow.export()));
  } else {
    const info = await workflow.get();
    await print.record(info, { ...toCells(info), description: info.description });
  }
  return exitCode.ok;
}
