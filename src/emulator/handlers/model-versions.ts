import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { findModel, findVersion, shownModel } from '../service/find-model';
import { pageOf } from '../service/page';
import { writableApp } from '../service/scope';
import type { AppState } from '../state/app-state';
import type { ModelState } from '../state/model-state';
import { replaceVersion } from '../state/model-state';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import { startTraining } from '../training/start-training';

/** Versions of models: making one trains it. */
export const modelVersionHandlers: Handlers = {
  GetModelVersion(request, call) {
    const model = findModel(call, request.userAppId, request.modelId);
    return { modelVersion: findVersion(model, request.versionId) };
  },

  ListModelVersions(request, call) {
    const model = findModel(call, request.userAppId, request.modelId);
    const newestFirst = request.sortAscending ? model.versions : [...model.versions].reverse();
    return { modelVersions: pageOf(newestFirst, request, call.world.options.limits) };
  },

  PostModelVersions({ userAppId, modelId, modelVersions, description }, call) {
    const app = writableApp(call, userAppId);
    const model = ownModel(app, modelId);
    if (modelVersions.length > 1) {
      const details = `Expected one model version, got ${modelVersions.length}.`;
      throw refuse(StatusCode.MODEL_INVALID_REQUEST, details, 'Invalid request');
    }
    const version = startTraining(app, model, modelVersions[0], description, call.world);
    return { model: shownModel(model, version) };
  },

  PatchModelVersions({ userAppId, modelId, modelVersions }, call) {
    const model = ownModel(writableApp(call, userAppId), modelId);
    for (const { id } of modelVersions) findVersion(model, id);
    const modifiedAt = toTimestamp(call.world.clock.now());
    for (const patch of modelVersions) {
      // What training decides cannot be patched.
      const { status: _status, metrics: _metrics, ...given } = sparse(patch);
      replaceVersion(model, patch.id, { ...given, modifiedAt });
    }
    return { modelVersions: modelVersions.map(({ id }) => findVersion(model, id) ?? {}) };
  },

  DeleteModelVersion({ userAppId, modelId, versionId }, call) {
    const model = ownModel(writableApp(call, userAppId), modelId);
    const version = findVersion(model, versionId);
    const at = model.versions.findIndex(({ id }) => id === version?.id);
    if (at >= 0) model.versions.splice(at, 1);
    model.recalls.delete(versionId);
    model.exports.delete(versionId);
    return {};
  },
};

function ownModel(app: AppState, modelId: string): ModelState {
  const model = app.models.get(modelId);
  if (model === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  return model;
}
