import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './model-cells';

/** RPC: V2.PostModels, and V2.PostModelVersions for one with parameters */
export async function createModel(given: Given, terminal: Terminal): Promise<ExitCode> {
  const id = given.argument(0);
  const [modelTypeId, description] = [given.text('type'), given.text('description')];
  const params = given.json('params');
  await using clarifai = await connect(given, terminal);
  const made = await clarifai.app().models.create(id, {
    ...(modelTypeId !== undefined && { modelTypeId }),
    ...(description !== undefined && { description }),
  });
  const modelVersion = params && (await clarifai.model(id).versions.create({ outputInfo: { params } }));
  const model = modelVersion === undefined ? made : { ...made, modelVersion };
  await new Print(given, terminal).record(model, toCells(model));
  return exitCode.ok;
}
