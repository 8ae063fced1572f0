import type { UploadContentPart } from '../../../generated/proto/clarifai/api/resources';
import type { PostModelVersionsUploadConfig } from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import { refuse, status } from '../answers';
import type { Answer } from '../service/call';
import type { AppState } from '../state/app-state';
import { assertId } from '../state/ids';
import type { ModelState } from '../state/model-state';
import { replaceVersion } from '../state/model-state';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';

/** Files of a version of a model that are on their way. */
export interface ModelUploadState {
  readonly versionId: string;
  readonly totalBytes: number;
  /** Whether an image is built of them. */
  readonly isV3: boolean;
  /** Bytes of each part that has arrived, by its number; clients do not agree on what `range_start` is. */
  readonly parts: Map<string, number>;
}

/** The version of a model that was uploaded, while it is being built. */
export interface ModelBuild {
  readonly kind: 'build';
  readonly model: ModelState;
  readonly versionId: string;
}

/** Begins to upload a version, or goes on with one that was left in the middle. */
export function openModelUpload(
  app: AppState,
  model: ModelState,
  { modelVersion, totalSize, isV3 }: PostModelVersionsUploadConfig,
  world: World,
): ModelUploadState {
  const totalBytes = totalSize.toNumber();
  if (totalBytes <= 0) throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, "'total_size' must be above 0.");
  const id = modelVersion?.id || randomId(world.randomBytes);
  const begun = app.modelUploads.get(id);
  if (begun !== undefined && model.versions.some((version) => version.id === id)) return begun;
  assertId(id, StatusCode.MODEL_INVALID_ARGUMENT);
  if (model.versions.some((version) => version.id === id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
  const at = toTimestamp(world.clock.now());
  model.versions.push({
    ...(modelVersion && sparse(modelVersion)),
    id,
    createdAt: at,
    modifiedAt: at,
    status: status(StatusCode.MODEL_UPLOADING),
    ...app.owner,
  });
  const upload = { versionId: id, totalBytes, isV3, parts: new Map<string, number>() };
  app.modelUploads.set(id, upload);
  return upload;
}

/** Takes a part; one that has come before is taken in its place. Once all is there, the version is built, or ready. */
export function takeModelPart(
  app: AppState,
  model: ModelState,
  upload: ModelUploadState,
  { partNumber, data }: UploadContentPart,
  world: World,
): void {
  upload.parts.set(partNumber.toString(), data.length);
  const missing = missingBytes(upload);
  if (missing < 0) {
    app.modelUploads.delete(upload.versionId);
    replaceVersion(model, upload.versionId, { status: status(StatusCode.MODEL_UPLOADING_FAILED) });
    throw refuse(StatusCode.UPLOAD_FAILED, `There are ${-missing} bytes more than 'total_size' says.`);
  }
  if (missing > 0) return;
  app.modelUploads.delete(upload.versionId);
  replaceVersion(model, upload.versionId, {
    status: status(upload.isV3 ? StatusCode.MODEL_BUILDING : StatusCode.MODEL_TRAINED),
    modifiedAt: toTimestamp(world.clock.now()),
  });
  if (upload.isV3) world.agenda.add({ kind: 'build', model, versionId: upload.versionId });
}

export function endBuild({ model, versionId }: ModelBuild, { clock }: World): void {
  const at = toTimestamp(clock.now());
  replaceVersion(model, versionId, { status: status(StatusCode.MODEL_TRAINED), completedAt: at, modifiedAt: at });
}

/** How far an upload is, as each answer of its stream says. */
export function showModelUpload(upload: ModelUploadState): Answer<'PostModelVersionsUpload'> {
  const { versionId, totalBytes, isV3 } = upload;
  const missing = missingBytes(upload);
  const { UPLOAD_IN_PROGRESS, UPLOAD_DONE, MODEL_BUILDING } = StatusCode;
  const code = missing > 0 ? UPLOAD_IN_PROGRESS : isV3 ? MODEL_BUILDING : UPLOAD_DONE;
  const percentCompleted = Math.floor(((totalBytes - missing) / totalBytes) * 100);
  return { status: { ...status(code), percentCompleted }, bytesRemaining: missing, modelVersionId: versionId };
}

function missingBytes({ parts, totalBytes }: ModelUploadState): number {
  let received = 0;
  for (const length of parts.values()) received += length;
  return totalBytes - received;
}
