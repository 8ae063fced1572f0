import type { DatasetVersion } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse, status } from '../answers';
import { createVersion } from '../datasets/create-version';
import { addMetrics, metricsOf, toMessage } from '../datasets/input-metrics';
import { exportDatasetVersion, exportInfo, showDatasetExport } from '../exports/dataset-exports';
import { exportFormats } from '../exports/dataset-files';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import type { DatasetVersionState } from '../state/dataset-version-state';
import { sparse } from '../state/sparse';
import { stageAt } from '../state/stages';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';
import { existingDataset } from './datasets';

/** Versions of datasets. */
export const datasetVersionHandlers: Handlers = {
  GetDatasetVersion({ userAppId, datasetId, datasetVersionId }, call) {
    const app = readableApp(call, userAppId);
    return { datasetVersion: shown(app, existingVersion(app, datasetId, datasetVersionId), call.world) };
  },

  ListDatasetVersions(request, call) {
    const app = readableApp(call, request.userAppId);
    const versions = versionsOf(app, request.datasetId);
    const page = pageOf(versions, request, call.world.options.limits);
    return { datasetVersions: page.map((version) => shown(app, version, call.world)) };
  },

  ListDatasetVersionMetricsGroups(request, call) {
    const { userAppId, datasetId, datasetVersionId, types, parentPaths, values } = request;
    const version = existingVersion(readableApp(call, userAppId), datasetId, datasetVersionId);
    // The numbers are there when the version is.
    const isReady = codeOf(version, call.world) === StatusCode.DATASET_VERSION_READY;
    const found = (isReady ? version.metricsGroups : []).filter(
      ({ type, parentPath = '', value }) =>
        (types.length === 0 || types.some((one) => one === type)) &&
        (parentPaths.length === 0 || parentPaths.includes(parentPath)) &&
        (values.length === 0 || values.includes(value)),
    );
    return { datasetVersionMetricsGroups: pageOf(found, request, call.world.options.limits) };
  },

  PostDatasetVersions({ userAppId, datasetId, datasetVersions }, call) {
    const app = writableApp(call, userAppId);
    const dataset = existingDataset(app, datasetId);
    if (datasetVersions.length === 0)
      throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one dataset version.');
    const before = versionsOf(app, datasetId);
    for (const { id } of datasetVersions)
      if (before.some(({ message }) => message.id === id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
    const added = datasetVersions.map((posted) => createVersion(app, dataset, posted, call.world));
    app.datasetVersions.set(datasetId, [...before, ...added]);
    return { datasetVersions: added.map((version) => shown(app, version, call.world)) };
  },

  PatchDatasetVersions({ userAppId, datasetId, datasetVersions }, call) {
    const app = writableApp(call, userAppId);
    const found = datasetVersions.map(({ id }) => existingVersion(app, datasetId, id));
    const modifiedAt = toTimestamp(call.world.clock.now());
    datasetVersions.forEach((patch, index) => {
      const version = found[index];
      if (version !== undefined) version.message = { ...version.message, ...patchable(patch), modifiedAt };
    });
    return { datasetVersions: found.map((version) => shown(app, version, call.world)) };
  },

  async PutDatasetVersionExports({ userAppId, datasetId, datasetVersionId, exports }, call) {
    const app = writableApp(call, userAppId);
    const version = existingVersion(app, datasetId, datasetVersionId);
    const formats = exports.map(({ format }) => {
      const known = exportFormats.find((one) => one === format);
      if (known === undefined) throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected the format of an export.');
      return known;
    });
    if (formats.length === 0) throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one export.');
    for (const format of formats) await exportDatasetVersion(app, version, format, call.world);
    return { exports: formats.map((format) => showDatasetExport(app, version, format, call.world) ?? {}) };
  },

  DeleteDatasetVersions({ userAppId, datasetId, datasetVersionIds }, call) {
    const app = writableApp(call, userAppId);
    for (const id of datasetVersionIds) existingVersion(app, datasetId, id);
    const kept = versionsOf(app, datasetId).filter(({ message }) => !datasetVersionIds.includes(message.id));
    app.datasetVersions.set(datasetId, kept);
    return {};
  },
};

function versionsOf(app: AppState, datasetId: string): readonly DatasetVersionState[] {
  existingDataset(app, datasetId);
  return app.datasetVersions.get(datasetId) ?? [];
}

function existingVersion(app: AppState, datasetId: string, id: string): DatasetVersionState {
  const version = versionsOf(app, datasetId).find(({ message }) => message.id === id);
  if (version === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return version;
}

function codeOf({ createdAtMs }: DatasetVersionState, world: World): StatusCode {
  const { DATASET_VERSION_PENDING, DATASET_VERSION_IN_PROGRESS, DATASET_VERSION_READY } = StatusCode;
  const stages = [DATASET_VERSION_PENDING, DATASET_VERSION_IN_PROGRESS, DATASET_VERSION_READY] as const;
  return stageAt(createdAtMs, stages, world);
}

function shown(app: AppState, version: DatasetVersionState, world: World): Stored<DatasetVersion> {
  const { message, inputs } = version;
  const code = codeOf(version, world);
  const [first, ...others] = code === StatusCode.DATASET_VERSION_READY ? inputs.map(metricsOf) : [];
  const metrics = first && { '/': toMessage(others.reduce(addMetrics, first)) };
  const exported = exportInfo(app, version, world);
  return {
    ...message,
    status: status(code),
    ...(metrics && { metrics }),
    ...(exported && { exportInfo: exported }),
  };
}

function patchable({
  description,
  metadata,
  visibility,
}: DatasetVersion): Pick<DeepPartial<DatasetVersion>, 'description' | 'metadata' | 'visibility'> {
  return {
    ...(description !== '' && { description }),
    ...(metadata && { metadata }),
    ...(visibility && { visibility: sparse(visibility) }),
  };
}
