import type { SplitIntoDatasets } from '../../../generated/proto/clarifai/api/resources';
import { SplitIntoDatasets_DatasetSplitMethod as Method } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import type { RandomBytes } from '../seeded-random';
import type { AppState } from '../state/app-state';
import { existingIn } from '../state/existing';
import type { InputRecord } from '../state/input-record';

/** @throws Refusal for a split that cannot be made */
export function assertSplit(
  { datasets }: AppState,
  { method, datasetSplits = [] }: DeepPartial<SplitIntoDatasets>,
): void {
  const percentages = datasetSplits.map(({ percentage = 0 }) => percentage);
  const sum = percentages.reduce((total, percentage) => total + percentage, 0);
  if (method !== Method.RANDOM_PERCENTAGE_SPLIT || percentages.length === 0 || percentages.includes(0) || sum > 100) {
    const details = 'Expected a random split into percentages from 1 to 100, no more than 100 in all.';
    throw refuse(StatusCode.BULK_OPERATION_INVALID_REQUEST, details, 'Invalid request');
  }
  for (const { dataset } of datasetSplits) existingIn(datasets, dataset?.id ?? '');
}

/** Puts inputs into datasets at random, each dataset getting its share, and each input no more than one. */
export function splitIntoDatasets(
  { inputs }: AppState,
  records: readonly InputRecord[],
  { datasetSplits = [] }: DeepPartial<SplitIntoDatasets>,
  randomBytes: RandomBytes,
): void {
  const shuffled = records
    .map((record) => ({ record, at: Buffer.from(randomBytes(6)).readUIntBE(0, 6) }))
    .sort((one, other) => one.at - other.at)
    .map(({ record }) => record);
  let percent = 0;
  for (const { dataset, percentage = 0 } of datasetSplits) {
    const id = dataset?.id ?? '';
    const share = shuffled.slice(placeOf(percent), placeOf(percent + percentage));
    for (const record of share)
      inputs.change(record, { datasetIds: [...record.datasetIds.filter((other) => other !== id), id] });
    percent += percentage;
  }

  function placeOf(percentBefore: number): number {
    return Math.round((records.length * percentBefore) / 100);
  }
}
