import type { Dataset } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { assertId, assertNew } from '../state/ids';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** Datasets of an app. */
export const datasetHandlers: Handlers = {
  GetDataset(request, call) {
    return { dataset: existing(readableApp(call, request.userAppId), request.datasetId) };
  },

  ListDatasets(request, call) {
    const { datasets } = readableApp(call, request.userAppId);
    return { datasets: pageOf(datasets.values(), request, call.world.options.limits) };
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

  DeleteDatasets(request, call) {
    const app = writableApp(call, request.userAppId);
    for (const id of request.datasetIds) existing(app, id);
    for (const id of request.datasetIds) app.datasets.delete(id);
    return {};
  },
};

function existing(app: AppState, id: string): Stored<Dataset> {
  const dataset = app.datasets.get(id);
  if (dataset === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return dataset;
}
