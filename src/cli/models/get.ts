import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './model-cells';

/** RPC: V2.GetModel */
export async function getModel(given: Given, terminal: Terminal): Promise<ExitCode> {
  await using clarifai = await connect(given, terminal);
  const model = await clarifai.model(given.argument(0)).get();
  await new Print(given, terminal).record(model, { ...toCells(model), description: model.description });
  return exitCode.ok;
}
