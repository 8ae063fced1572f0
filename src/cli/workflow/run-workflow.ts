import type { WorkflowResult } from '../../index';
import { namedInputs } from '../predict/named-inputs';
import { nameOf, outputConfigOf, refOf } from '../predict/output-config';
import { predictAll } from '../predict/predicted';
import { viewsOf } from '../predict/views';
import { connect } from '../shell/connect';
import type { ExitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';

/** RPC: V2.PostWorkflowResults */
export async function runWorkflow(given: Given, terminal: Terminal): Promise<ExitCode> {
  const [workflow = '', ...paths] = given.arguments;
  const params = {
    workflow: refOf(workflow, given.text('workflowVersion')),
    outputConfig: outputConfigOf(given),
    chunkSize: given.number('chunkSize', { min: 1, max: 128, integer: true }),
    concurrency: given.number('concurrency', { min: 1, integer: true }),
  };
  const read = await namedInputs(paths, given, terminal);
  const print = new Print(given, terminal);
  await using clarifai = await connect(given, terminal);
  const views = await viewsOf(`Results of ${nameOf(workflow)}`, given, print, terminal);
  return await predictAll<WorkflowResult>({
    read,
    ask: (inputs, signal) => clarifai.iterateWorkflowResults({ ...params, inputs }, { signal }),
    outputsOf: ({ outputs }) => outputs,
    views,
    print,
  });
}
