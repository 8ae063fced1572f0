import type { Output } from '../../index';
import { connect } from '../shell/connect';
import type { ExitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { namedInputs } from './named-inputs';
import { nameOf, outputConfigOf, refOf } from './output-config';
import { predictAll } from './predicted';
import { viewsOf } from './views';

/** RPC: V2.PostModelOutputs */
export async function predict(given: Given, terminal: Terminal): Promise<ExitCode> {
  const [model = '', ...paths] = given.arguments;
  const deploymentId = given.text('deployment');
  const params = {
    model: refOf(model, given.text('modelVersion')),
    outputConfig: outputConfigOf(given),
    inferenceParams: given.json('params'),
    concurrency: given.number('concurrency', { min: 1, integer: true }),
    ...(deploymentId !== undefined && { compute: { deploymentId } }),
  };
  const read = await namedInputs(paths, given, terminal);
  const print = new Print(given, terminal);
  await using clarifai = await connect(given, terminal);
  const views = await viewsOf(`Predictions of ${nameOf(model)}`, given, print, terminal);
  return await predictAll<Output>({
    read,
    ask: (inputs, signal) => clarifai.iterateModelOutputs({ ...params, inputs }, { signal }),
    outputsOf: (output) => [output],
    views,
    print,
  });
}
