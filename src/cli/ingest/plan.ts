import type { IngestOptions } from '../../index';
import { conceptsOf } from '../inputs/labels';
import type { Given } from '../shell/given';
import { UsageError } from '../shell/usage-error';
import type { Labels } from './labelled';

/** What a command line asks of a run. */
export interface Plan {
  /** Of what is to be ingested, or of a file of dead letters. */
  readonly path: string;
  readonly isRetry: boolean;
  readonly labels: Labels;
  readonly options: IngestOptions;
}

/** @throws UsageError for options that go with neither or both of a source and dead letters */
export function planOf(
  given: Given,
  path: string | undefined,
  datasetIds: readonly string[] = given.texts('dataset'),
): Plan {
  const letters = given.text('retryDeadLetters');
  const labels: Labels = { concepts: conceptsOf(given), datasetIds };
  const options = optionsOf(given);
  if (path !== undefined && letters !== undefined) {
    throw new UsageError('Expected a source or --retry-dead-letters, got both');
  }
  if (path !== undefined) return { path, isRetry: false, labels, options };
  if (letters === undefined) {
    throw new UsageError('Expected a folder, a .csv, .tsv, .jsonl, .ndjson or .zip file, or --retry-dead-letters');
  }
  const isSaid = labels.concepts.length > 0 || labels.datasetIds.length > 0 || given.flag('labels');
  if (isSaid)
    throw new UsageError('Dead letters are sent again as they were: without --concept, --dataset and --labels');
  return { path: letters, isRetry: true, labels, options };
}

function optionsOf(given: Given): IngestOptions {
  return {
    resume: given.text('resume'),
    deadLetters: given.text('deadLetters'),
    ack: given.flag('verify') ? 'confirmed' : 'accepted',
    onDuplicate: onDuplicateOf(given.text('onExisting')),
    requestsPerSecond: given.number('rate', { min: 0.001 }),
  };
}

function onDuplicateOf(text: string | undefined): IngestOptions['onDuplicate'] {
  return text === 'fail' || text === 'overwrite' ? text : 'skip';
}
