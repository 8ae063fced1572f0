import type { DatasetVersionExport, DatasetVersionExportInfo } from '../../../generated/proto/clarifai/api/resources';
import { DatasetVersionExportFormat as Format } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { status } from '../answers';
import type { AppState } from '../state/app-state';
import type { DatasetVersionState } from '../state/dataset-version-state';
import type { World } from '../state/world';
import type { ArchiveContent } from './archive';
import { exportCode, startExport } from './archive';
import type { ExportFormat } from './dataset-files';
import { datasetFiles, exportFormats } from './dataset-files';
import { zip } from './zip';

/** The formats of an export, with their fields in a version's `export_info`; they name the files, too. */
const fields: Readonly<Record<ExportFormat, keyof DatasetVersionExportInfo>> = {
  [Format.CLARIFAI_DATA_PROTOBUF]: 'clarifaiDataProtobuf',
  [Format.CLARIFAI_DATA_JSON]: 'clarifaiDataJson',
  [Format.COCO]: 'coco',
};

/** Starts an export in a format, unless there is one; one that failed is tried again. */
export async function exportDatasetVersion(
  app: AppState,
  version: DatasetVersionState,
  format: ExportFormat,
  world: World,
): Promise<void> {
  const before = version.exports.get(format);
  if (before !== undefined && before.failure === undefined) return;
  version.exports.set(format, await startExport(datasetArchive(app, version, format, world), world));
}

export function datasetArchive(
  app: AppState,
  version: DatasetVersionState,
  format: ExportFormat,
  world: World,
): ArchiveContent {
  const given = world.archives.get(version.message.id);
  return given ?? (() => zip(datasetFiles(app, version, format), new Date(version.createdAtMs)));
}

/** The export in a format as answers show it: with a URL once it is done. */
export function showDatasetExport(
  app: AppState,
  version: DatasetVersionState,
  format: ExportFormat,
  world: World,
): DeepPartial<DatasetVersionExport> | undefined {
  const state = version.exports.get(format);
  if (state === undefined) return undefined;
  const {
    DATASET_VERSION_EXPORT_PENDING: pending,
    DATASET_VERSION_EXPORT_IN_PROGRESS: inProgress,
    DATASET_VERSION_EXPORT_SUCCESS: done,
    DATASET_VERSION_EXPORT_FAILED: failed,
  } = StatusCode;
  const code = exportCode(state, [pending, inProgress, done], failed, world);
  const shown = { format, status: status(code, code === failed ? state.failure : undefined) };
  if (code !== done) return shown;
  return { ...shown, url: `${world.media.base}/${pathOf(app, version, format)}`, size: state.sizeBytes };
}

/** A version's `export_info`, if something was exported. */
export function exportInfo(
  app: AppState,
  version: DatasetVersionState,
  world: World,
): DeepPartial<DatasetVersionExportInfo> | undefined {
  if (version.exports.size === 0) return undefined;
  return Object.fromEntries(
    [...version.exports.keys()].map((format) => [fields[format], showDatasetExport(app, version, format, world)]),
  );
}

function pathOf({ owner }: AppState, { message }: DatasetVersionState, format: ExportFormat): string {
  const [user, app, dataset, version] = [owner.userId, owner.appId, message.datasetId ?? '', message.id].map(
    encodeURIComponent,
  );
  return `exports/users/${user}/apps/${app}/datasets/${dataset}/versions/${version}/${fields[format]}.zip`;
}

/** The format that a file of this name is in. */
export function formatOf(fileName: string): ExportFormat | undefined {
  return exportFormats.find((format) => `${fields[format]}.zip` === fileName);
}
