import type { DownloadedInput, Outcome } from '../../index';
import type { Print } from '../shell/print';
import type { Progress } from '../shell/progress';

export interface DownloadCounts {
  readonly done: number;
  readonly failed: number;
}

export interface TellDownloadsParams {
  readonly print: Print;
  readonly progress: Progress;
  /** `undefined` when nobody knows. */
  readonly total: number | undefined;
  /** What is written is told to be in. */
  readonly folder: string;
}

/** Tells of each download, as a line of JSON or when it failed, and of all of them at the end. */
export async function tellDownloads(
  outcomes: AsyncIterable<Outcome<DownloadedInput>>,
  { print, progress, total, folder }: TellDownloadsParams,
): Promise<DownloadCounts> {
  let [done, failed] = [0, 0];
  for await (const outcome of outcomes) {
    done += 1;
    if (!outcome.ok) failed += 1;
    if (print.json) await print.item(toJson(outcome), () => '');
    else if (!outcome.ok) progress.tell(`${outcome.id}: ${outcome.error.message}`);
    progress.update(done, total, `${done}${total === undefined ? '' : ` of ${total}`} inputs, ${failed} failed`);
  }
  if (!print.json) progress.note(`${done - failed} inputs are in ${folder}`);
  return { done, failed };
}

/** The names are an interface: they are added to, and never changed. */
function toJson(outcome: Outcome<DownloadedInput>): object {
  const { ok, id } = outcome;
  return ok ? { ok, ...outcome.value } : { ok, id, error: outcome.error };
}
