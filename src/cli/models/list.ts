import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import { firstOf } from '../shell/first-of';
import type { Given } from '../shell/given';
import { limitOf } from '../shell/limit';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './model-cells';

/** RPC: V2.ListModels */
export async function listModels(given: Given, terminal: Terminal): Promise<ExitCode> {
  const limit = limitOf(given);
  const [modelTypeId, name] = [given.text('type'), given.text('name')];
  await using clarifai = await connect(given, terminal);
  const models = clarifai.app().models.list({
    onlyInApp: !given.flag('public'),
    ...(modelTypeId !== undefined && { modelTypeId }),
    ...(name !== undefined && { name }),
  });
  await new Print(given, terminal).list(firstOf(models, limit), toCells);
  return exitCode.ok;
}
