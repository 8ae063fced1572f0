import { throwIfFailed } from '../../index';
import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { toCells } from './concept-cells';

/** RPC: V2.PostConcepts */
export async function createConcepts(given: Given, terminal: Terminal): Promise<ExitCode> {
  const ids = given.arguments;
  const name = given.text('name');
  if (name !== undefined && ids.length > 1) throw new UsageError('Expected one concept for --name');
  await using clarifai = await connect(given, terminal);
  const outcomes = await clarifai.concepts.create(ids.map((id) => (name === undefined ? id : { id, name })));
  await new Print(given, terminal).list(throwIfFailed(outcomes), toCells);
  return exitCode.ok;
}
