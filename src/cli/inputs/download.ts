import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import { firstOf } from '../shell/first-of';
import type { Given } from '../shell/given';
import { Interruption } from '../shell/interruption';
import { limitOf } from '../shell/limit';
import { Print } from '../shell/print';
import { createProgress } from '../shell/progress';
import type { Terminal } from '../shell/terminal';
import { until } from '../shell/until';
import { filtered } from './filtered';
import { tellDownloads } from './tell-downloads';

const sizes = ['orig', 'large', 'small', 'tiny'] as const;

/** RPC: V2.ListInputs or V2.ListDatasetInputs, and HTTPS */
export async function downloadInputs(given: Given, terminal: Terminal): Promise<ExitCode> {
  const [folder = '', ...ids] = given.arguments;
  const limit = limitOf(given);
  const size = sizes.find((name) => name === given.text('size'));
  const concurrency = given.number('concurrency', { min: 1, integer: true });
  const print = new Print(given, terminal);
  await using clarifai = await connect(given, terminal);
  using progress = await createProgress(terminal, given.flag('quiet'));
  using interruption = new Interruption((line) => progress.note(line));
  const { draining, aborted } = interruption;
  const wanted = ids.length > 0 ? clarifai.inputs.list({ ids }) : filtered(clarifai, given);
  const inputs = until(draining, firstOf(wanted, limit));
  const { done, failed } = await tellDownloads(
    clarifai.inputs.download(inputs, folder, { concurrency, size, signal: aborted }),
    { print, progress, total: ids.length > 0 ? ids.length : limit, folder },
  );
  if (draining.aborted) return exitCode.interrupted;
  const missing = Math.max(0, Math.min(ids.length, limit ?? ids.length) - done);
  if (missing > 0) progress.tell(`${missing} of the ids belong to no input`);
  return failed + missing === 0 ? exitCode.ok : exitCode.partial;
}
