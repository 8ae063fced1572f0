import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './concept-cells';

/** RPC: V2.GetConcept */
export async function getConcept(given: Given, terminal: Terminal): Promise<ExitCode> {
  await using clarifai = await connect(given, terminal);
  const concept = await clarifai.concepts.get(given.argument(0));
  await new Print(given, terminal).record(concept, { ...toCells(concept), definition: concept.definition });
  return exitCode.ok;
}
