import { randomId } from '../../base/ids';
import type { Dataset, DatasetVersion } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { annotationPasses } from '../search/apply-filters';
import { planQuery } from '../search/query-plan';
import { annotationsOf } from '../state/annotations';
import type { AppState, Stored } from '../state/app-state';
import type { DatasetVersionState, VersionedInput } from '../state/dataset-version-state';
import { assertId } from '../state/ids';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';
import { metricsGroups } from './metrics-groups';

/** Makes a version of what is in a dataset now. */
export function createVersion(
  app: AppState,
  dataset: Stored<Dataset>,
  posted: DatasetVersion,
  { clock, randomBytes }: World,
): DatasetVersionState {
  const id = posted.id || randomId(randomBytes);
  assertId(id, StatusCode.CONN_BAD_REQUEST_FORMAT);
  const createdAtMs = clock.now();
  const at = toTimestamp(createdAtMs);
  const inputs = inputsOf(app, dataset, sparse(posted));
  const { metrics: _metrics, exportInfo: _exportInfo, status: _status, ...given } = sparse(posted);
  const message = { ...given, id, datasetId: dataset.id, createdAt: at, modifiedAt: at, ...app.owner };
  return { message, createdAtMs, inputs, exports: new Map(), metricsGroups: metricsGroups(inputs) };
}

/** The processed inputs of the dataset, with the annotations that the version's filter, or the dataset's own, lets through. */
function inputsOf(
  app: AppState,
  { id, defaultAnnotationFilter }: Stored<Dataset>,
  { annotationFilterConfig }: DeepPartial<DatasetVersion>,
): VersionedInput[] {
  const filter = annotationFilterConfig?.annotationFilter ?? defaultAnnotationFilter;
  const { filters } = planQuery(filter?.search?.query ?? {});
  const versioned: VersionedInput[] = [];
  for (const record of app.inputs.list()) {
    if (record.statusCode !== StatusCode.INPUT_SUCCESS || !record.datasetIds.includes(id)) continue;
    const annotations = annotationsOf(record).filter((annotation) => annotationPasses(record, annotation, filters));
    if (annotations.length === 0 && annotationFilterConfig?.ignoreEmptyInputs === true) continue;
    versioned.push({ record, data: record.data, annotations });
  }
  return versioned;
}
