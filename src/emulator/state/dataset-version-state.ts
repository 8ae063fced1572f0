import type { Data, DatasetVersion, DatasetVersionMetricsGroup } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { ExportState } from '../exports/archive';
import type { ExportFormat } from '../exports/dataset-files';
import type { StoredAnnotation } from './annotations';
import type { Stored } from './app-state';
import type { InputRecord } from './input-record';

/** What a version holds of one input. Data and annotations are replaced, never changed, so these stay what they were. */
export interface VersionedInput {
  /** For what never changes: its data now may not be that of the version. */
  readonly record: InputRecord;
  readonly data: DeepPartial<Data>;
  readonly annotations: readonly StoredAnnotation[];
}

/** A version of a dataset: what was in it when the version was made. */
export interface DatasetVersionState {
  message: Stored<DatasetVersion>;
  readonly createdAtMs: number;
  readonly inputs: readonly VersionedInput[];
  readonly exports: Map<ExportFormat, ExportState>;
  readonly metricsGroups: readonly DeepPartial<DatasetVersionMetricsGroup>[];
}
