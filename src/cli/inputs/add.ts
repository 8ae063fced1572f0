import type { InputLike, InputLiteral } from '../../index';
import { outcomeJson, problemOf } from '../ingest/outcome-text';
import { type NamedInput, namedInputs } from '../predict/named-inputs';
import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Interruption } from '../shell/interruption';
import { isLiteral } from '../shell/is-literal';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { inputLines } from './input-lines';
import { labelsOf } from './labels';

type Read = (signal: AbortSignal) => AsyncIterable<NamedInput>;

/** RPC: V2.PostInputs */
export async function addInputs(given: Given, terminal: Terminal): Promise<ExitCode> {
  const read = await readOf(given, terminal);
  const labels = labelsOf(given);
  const print = new Print(given, terminal);
  using interruption = new Interruption((line) => print.note(line));
  await using clarifai = await connect(given, terminal);
  const names: string[] = [];
  const inputs = async function* (): AsyncGenerator<InputLike | Error, void, undefined> {
    for await (const { name, input } of read(interruption.draining)) {
      names.push(name);
      yield input instanceof Error ? input : { ...literalOf(input), ...labels };
    }
  };
  let failed = 0;
  for await (const outcome of clarifai.ingest(inputs(), { ordered: true, signal: interruption.aborted })) {
    // They come in the order of the inputs.
    const name = names.shift() ?? '';
    const problem = problemOf(outcome, name);
    if (problem !== undefined) failed += 1;
    if (problem !== undefined && !print.json) print.problem(problem);
    else await print.item(outcomeJson(outcome, name), () => `${outcome.id}  ${outcome.kind}  ${name}`);
  }
  if (interruption.draining.aborted) return exitCode.interrupted;
  return failed === 0 ? exitCode.ok : exitCode.partial;
}

async function readOf(given: Given, terminal: Terminal): Promise<Read> {
  const paths = given.arguments;
  const texts = given.texts('text');
  if (given.text('id') !== undefined && (paths.length + texts.length !== 1 || paths.includes('-'))) {
    throw new UsageError('Expected one file, URL or text for --id');
  }
  if (!paths.includes('-')) return namedInputs(paths, given, terminal);
  if (paths.length + texts.length > 1) throw new UsageError('Expected `-` alone: it reads all inputs from stdin');
  return () => inputLines(terminal);
}

/** Arguments are URLs or literals. */
function literalOf(input: InputLike): InputLiteral {
  if (typeof input === 'string') return { url: input };
  if (isLiteral(input)) return input;
  throw new TypeError('Expected an input to be a URL or a literal');
}
