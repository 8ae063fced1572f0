import type { Dataset } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, readableApps, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { assertId, assertNew } from '../state/ids';
import { sparse } from '../state/sparse';
import type { TimestampParts } from '../state/timestamp';
import { toTimestamp } from '../state/timestamp';
import { inDataset } from '../datasets/in-dataset';

/** Datasets of an app. */
export const datasetHandlers: Handlers = {
  GetDataset(request, call) {
    return { dataset: existingDataset(readableApp(call, request.userAppId), request.datasetId) };
  },

  ListDatasets(request, call) {
    const datasets = readableApps(call, request.userAppId).flatMap((app) => [...app.datasets.values()]);
    return { datasets: pageOf(datasets, request, call.world.options.limits) };
  },

  PostDatasets(request, call) {
    const app = writableApp(call, request.userAppId);
    if (request.datasets.length === 0)
      throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one dataset.');
    for (const { id } of request.datasets) {
      assertId(id, StatusCode.CONN_BAD_REQUEST_FORMAT);
      assertNew(app.datasets, id);
    }
    const at = toTimestamp(call.world.clock.now());
    const datasets = request.datasets.map((posted) => ({
      ...sparse(posted),
      id: posted.id,
      createdAt: at,
      modifiedAt: at,
      ...app.owner,
    }));
    for (const dataset of datasets) app.datasets.set(dataset.id, dataset);
    return { datasets };
  },

  PatchDatasets(request, call) {
    const app = writableApp(call, request.userAppId);
    const modifiedAt = toTimestamp(call.world.clock.now());
    const before = request.datasets.map(({ id }) => existingDataset(app, id));
    const datasets = request.datasets.map((patch, index) => patched(before[index], patch, request.action, modifiedAt));
    for (const dataset of datasets) app.datasets.set(dataset.id, dataset);
    return { datasets };
  },

  DeleteDatasets(request, call) {
    const app = writableApp(call, request.userAppId);
    for (const id of request.datasetIds) existingDataset(app, id);
    for (const id of request.datasetIds) {
      // Inputs outlive the datasets they are in.
      for (const record of inDataset(app, id))
        app.inputs.change(record, { datasetIds: record.datasetIds.filter((other) => other !== id) });
      app.datasets.delete(id);
      app.datasetVersions.delete(id);
    }
    return {};
  },
};

export function existingDataset(app: AppState, id: string): Stored<Dataset> {
  const dataset = app.datasets.get(id);
  if (dataset === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return dataset;
}

/** Merging and overwriting differ in metadata alone. */
function patched(
  before: Stored<Dataset> | undefined,
  patch: Dataset,
  action: string,
  modifiedAt: TimestampParts,
): Stored<Dataset> {
  if (!['', 'merge', 'overwrite'].includes(action)) {
    const details = `Invalid action '${action}': expected 'merge' or 'overwrite'.`;
    throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, details);
  }
  const given = sparse(patch);
  const metadata = action === 'merge' ? { ...before?.metadata, ...given.metadata } : given.metadata;
  return { ...before, ...given, ...(metadata && { metadata }), id: patch.id, modifiedAt };
}
