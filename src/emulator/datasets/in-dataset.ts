import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';

/** The inputs of a dataset, in the order in which they were added to the app. */
export function* inDataset({ inputs }: AppState, datasetId: string): Generator<InputRecord> {
  for (const record of inputs.list()) if (record.datasetIds.includes(datasetId)) yield record;
}
