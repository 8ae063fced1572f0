import type { ModelVersionExport } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { status } from '../answers';
import type { AppState } from '../state/app-state';
import type { ModelState } from '../state/model-state';
import type { World } from '../state/world';
import type { ArchiveContent } from './archive';
import { exportCode, startExport } from './archive';
import { tarOf } from './tar';

/** Starts the export of a version, unless there is one; one that failed is tried again. */
export async function exportModelVersion(model: ModelState, versionId: string, world: World): Promise<void> {
  const before = model.exports.get(versionId);
  if (before !== undefined && before.failure === undefined) return;
  model.exports.set(versionId, await startExport(modelArchive(model, versionId, world), world));
}

/** There are no weights that could be exported, and so the archive says only what it would be of. */
export function modelArchive({ message }: ModelState, versionId: string, world: World): ArchiveContent {
  const given = world.archives.get(versionId);
  const text = `# Synthetic: the emulator has no weights.\nname: ${JSON.stringify(message.id)}\n`;
  return given ?? tarOf('config.pbtxt', text, 0);
}

/** The export of a version as answers show it, with a URL once it is done; `undefined` when nobody has asked for one. */
export function showModelExport(
  app: AppState,
  model: ModelState,
  versionId: string,
  world: World,
): DeepPartial<ModelVersionExport> | undefined {
  const state = model.exports.get(versionId);
  if (state === undefined) return undefined;
  const {
    MODEL_EXPORT_PENDING: pending,
    MODEL_EXPORTING: inProgress,
    MODEL_EXPORTED: done,
    MODEL_EXPORTING_FAILED: failed,
  } = StatusCode;
  const code = exportCode(state, [pending, inProgress, done], failed, world);
  const shown = { status: status(code, code === failed ? state.failure : undefined) };
  if (code !== done) return shown;
  return { ...shown, url: `${world.media.base}/${pathOf(app, model, versionId)}`, size: state.sizeBytes };
}

function pathOf({ owner }: AppState, { message }: ModelState, versionId: string): string {
  const [user, app, model, version] = [owner.userId, owner.appId, message.id, versionId].map(encodeURIComponent);
  return `exports/users/${user}/apps/${app}/models/${model}/versions/${version}/model.tar`;
}
