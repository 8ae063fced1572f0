import type { ArchiveContent, ExportState } from '../exports/archive';
import { readArchive } from '../exports/archive';
import { datasetArchive, formatOf, showDatasetExport } from '../exports/dataset-exports';
import { modelArchive, showModelExport } from '../exports/model-exports';
import type { AppState } from '../state/app-state';
import type { World } from '../state/world';
import type { HostedFile, HostedPath } from './hosted-media';
import { decodePart } from './hosted-media';

/** The app that a path under `/exports/` is about, and how to get the archive there. */
export function findExport(world: World, path: string): HostedPath | undefined {
  const match =
    /^\/exports\/users\/([^/]+)\/apps\/([^/]+)\/(datasets|models)\/([^/]+)\/versions\/([^/]+)\/([^/]+)$/.exec(path);
  const [userId = '', appId = '', noun, parentId = '', versionId = '', name = ''] = (match ?? [])
    .slice(1)
    .map(decodePart);
  const app = world.app(userId, appId);
  if (app === undefined) return undefined;
  const read = noun === 'datasets' ? readDatasetExport : readModelExport;
  return { app, read: () => read(app, { parentId, versionId, name }, world) };
}

interface ExportPath {
  readonly parentId: string;
  readonly versionId: string;
  readonly name: string;
}

function readDatasetExport(
  app: AppState,
  { parentId, versionId, name }: ExportPath,
  world: World,
): HostedFile | undefined {
  const format = formatOf(name);
  const version = app.datasetVersions.get(parentId)?.find(({ message }) => message.id === versionId);
  if (format === undefined || version === undefined) return undefined;
  // What has no URL yet is not there yet.
  if (showDatasetExport(app, version, format, world)?.url === undefined) return undefined;
  return toFile('application/zip', versionId, version.exports.get(format), datasetArchive(app, version, format, world));
}

function readModelExport(
  app: AppState,
  { parentId, versionId, name }: ExportPath,
  world: World,
): HostedFile | undefined {
  const model = app.models.get(parentId);
  if (model === undefined || name !== 'model.tar') return undefined;
  if (showModelExport(app, model, versionId, world)?.url === undefined) return undefined;
  return toFile('application/x-tar', versionId, model.exports.get(versionId), modelArchive(model, versionId, world));
}

function toFile(
  contentType: string,
  versionId: string,
  state: ExportState | undefined,
  content: ArchiveContent,
): HostedFile | undefined {
  if (state === undefined) return undefined;
  const { sizeBytes } = state;
  return { contentType, sizeBytes, etag: `"${versionId}-${sizeBytes}"`, read: () => readArchive(content) };
}
