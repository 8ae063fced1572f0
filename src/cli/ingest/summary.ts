import type { IngestionProgress } from '../../index';
import type { Cells } from '../shell/print';
import { count } from './progress-text';

/** The last line of JSON. */
export function summaryJson(progress: IngestionProgress, isDryRun: boolean): object {
  return { kind: 'summary', dryRun: isDryRun, ...progress };
}

/** What came of a run, for people: what did not happen is left out. */
export function summaryCells(progress: IngestionProgress, isDryRun: boolean): Cells {
  const { read, accepted, confirmed, alreadyExisted, rejected, deadLettered, unsent, chunks, fillRate } = progress;
  const { throttled, errors } = progress;
  const some = (number: number): string | undefined => (number === 0 ? undefined : count(number));
  return {
    read: count(read),
    [isDryRun ? 'would be sent' : 'accepted']: confirmed > 0 ? some(accepted) : count(accepted),
    confirmed: some(confirmed),
    'already existed': some(alreadyExisted),
    rejected: some(rejected),
    'dead-lettered': some(deadLettered),
    unsent: some(unsent),
    requests: `${count(chunks)}, ${Math.round(fillRate * 100)} % full`,
    'throttled requests': some(throttled),
    ...Object.fromEntries(Object.entries(errors).map(([code, number]) => [`  ${code}`, count(number)])),
  };
}
