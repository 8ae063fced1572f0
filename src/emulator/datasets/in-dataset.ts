import type { Sliceable } from '../service/page';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';

/** The inputs of a dataset, in the order in which they were added to the app. */
export function* inDataset({ inputs }: AppState, datasetId: string): Generator<InputRecord> {
  for (const record of inputs.list()) if (record.datasetIds.includes(datasetId)) yield record;
}

/** The same, for pages of them. */
export function datasetList({ inputs }: AppState, datasetId: string): Sliceable<InputRecord> {
  return inputs.listOf(`dataset ${datasetId}`, (record) => (record.datasetIds.includes(datasetId) ? [record] : []));
}
