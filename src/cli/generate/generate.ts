import { text } from 'node:stream/consumers';
import { refOf } from '../predict/output-config';
import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { methodParts, promptParts } from './parts';

/** RPC: V2.GenerateModelOutputs */
export async function generate(given: Given, terminal: Terminal): Promise<ExitCode> {
  const deploymentId = given.text('deployment');
  const compute = deploymentId === undefined ? undefined : { deploymentId };
  const inferenceParams = given.json('params');
  const [method, args = {}] = [given.text('method'), given.json('args')];
  const prompt = method === undefined ? await promptOf(given, terminal) : '';
  const print = new Print(given, terminal);
  await using clarifai = await connect(given, terminal);
  const model = clarifai.model(refOf(given.argument(0), given.text('modelVersion')));
  const parts =
    method === undefined
      ? promptParts(model, prompt, { compute, inferenceParams })
      : methodParts(model, method, args, { compute });
  let last = '';
  try {
    for await (const { json, text: said } of parts) {
      if (print.json) await print.item(json, () => said);
      else await print.part(said);
      if (said !== '') last = said;
    }
  } finally {
    // A shell's prompt begins a line of its own, also after half an answer.
    if (!print.json && last !== '' && !last.endsWith('\n')) await print.part('\n');
  }
  return exitCode.ok;
}

/** @throws UsageError when there is none, or a terminal would be waited for */
async function promptOf(given: Given, { stdin }: Terminal): Promise<string> {
  const prompt = given.arguments[1];
  if (prompt !== undefined && prompt !== '-') return prompt;
  if (prompt === undefined && stdin.isTTY === true) throw new UsageError('Expected a prompt, or `-` for stdin');
  const read = await text(stdin);
  if (read.trim() === '') throw new UsageError('Expected a prompt, got nothing from stdin');
  return read;
}
