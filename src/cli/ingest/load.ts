import type { Clarifai, IngestionProgress, IngestOptions, IngestSource } from '../../index';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Interruption } from '../shell/interruption';
import { Print } from '../shell/print';
import { createProgress, type Progress } from '../shell/progress';
import type { Terminal } from '../shell/terminal';

import { progressText } from './progress-text';
import { summaryCells, summaryJson } from './summary';
import { Teller } from './teller';

/** What is to be ingested, and into what. */
export interface Work {
  readonly clarifai: Clarifai;
  readonly source: IngestSource;
  readonly options: IngestOptions;
  /** Counts the items of the source. */
  readonly count: ((signal: AbortSignal) => Promise<number>) | undefined;
}

/** How often a bar moves. */
const progressMs = 500;

/** Runs an ingestion to its end, or until it is interrupted, telling how far it is, what failed and what came of it. */
export async function load(work: Work, given: Given, terminal: Terminal): Promise<ExitCode> {
  const print = new Print(given, terminal);
  const [isQuiet, isDryRun] = [given.flag('quiet'), given.flag('dryRun')];
  const progress = await createProgress(terminal, isQuiet);
  using interruption = new Interruption((line) => progress.note(line));
  const { draining } = interruption;
  const summary = await follow(isQuiet ? { ...work, count: undefined } : work, interruption, print, progress);
  if (summary === undefined) return exitCode.interrupted;
  if (print.json) await print.item(summaryJson(summary, isDryRun), () => '');
  else await print.record(summary, summaryCells(summary, isDryRun));
  if (!draining.aborted) return summary.rejected + summary.deadLettered > 0 ? exitCode.partial : exitCode.ok;
  print.note(howToGoOn(work.options.resume));
  return exitCode.interrupted;
}

/** The counts at the end of the run; undefined when it was interrupted before it began. */
async function follow(
  { clarifai, source, options, count }: Work,
  { draining, aborted }: Interruption,
  print: Print,
  progress: Progress,
): Promise<IngestionProgress | undefined> {
  using _ = progress;
  progress.update(0, undefined, 'Counting what there is');
  const size = await count?.(draining);
  if (draining.aborted) return undefined;
  const teller = new Teller(print, progress);
  const onProgress: IngestOptions['onProgress'] = (report) =>
    progress.update(report.read - report.inProgress, report.size, progressText(report));
  const run = clarifai.ingest(teller.named(source, size), { ...options, progressMs, onProgress });
  draining.addEventListener('abort', () => void run.close('drain'));
  aborted.addEventListener('abort', () => void run.close('abort'));
  try {
    for await (const outcome of run) await teller.tell(outcome);
  } catch (error) {
    if (!draining.aborted) {
      const { accepted, confirmed, read } = run.progress;
      progress.tell(`It ended early: ${accepted + confirmed} of the ${read} inputs that were read were accepted.`);
      throw error;
    }
  }
  return run.progress;
}

function howToGoOn(resume: string | undefined): string {
  return resume === undefined
    ? 'Interrupted. To go on, run the same command again: what is there already is skipped.'
    : 'Interrupted. To go on where it stopped, run the same command again.';
}
