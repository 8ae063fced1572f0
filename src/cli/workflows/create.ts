import { readFile } from 'node:fs/promises';
import { parseWorkflowYaml } from '../../index';
import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './workflow-cells';

/** RPC: V2.PostWorkflows, and V2.PostModels and V2.PostModelVersions for models that are made */
export async function createWorkflow(given: Given, terminal: Terminal): Promise<ExitCode> {
  const file = given.argument(0);
  const config = parseWorkflowYaml(await readFile(file, 'utf8'), file);
  await using clarifai = await connect(given, terminal);
  const made = await clarifai.app().workflows.create({ ...config, id: given.text('id') ?? config.id });
  await new Print(given, terminal).record(made, toCells(made));
  return exitCode.ok;
}
