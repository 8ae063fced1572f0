import type { Model } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import { refuse, status } from '../answers';
import { matchesPattern } from '../search/wildcard';
import type { Call, Handlers } from '../service/call';
import { findModel, findVersion, shownModel } from '../service/find-model';
import { pageOf } from '../service/page';
import { readableApps, writableApp } from '../service/scope';
import { assertId, assertNew } from '../state/ids';
import type { AppState } from '../state/app-state';
import type { MediaKind } from '../state/input-urls';
import type { ModelState } from '../state/model-state';
import { publicApp } from '../state/public-app';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** Models. */
export const modelHandlers: Handlers = {
  GetModel(request, call) {
    const model = findModel(call, request.userAppId, request.modelId);
    return { model: shownModel(model, findVersion(model, request.versionId)) };
  },

  GetModelOutputInfo(request, call) {
    const model = findModel(call, request.userAppId, request.modelId);
    return { model: shownModel(model, findVersion(model, request.versionId)) };
  },

  ListModels(request, call) {
    const apps = readableApps(call, request.userAppId);
    // Listing an app has always included Clarifai's own models; clients turn that off when they do not want it.
    const main = request.dontFetchFromMain ? [] : publicApp(call.world).models.values();
    // A model with several ids is listed once.
    const all = [...new Set([...apps.flatMap(({ models }) => [...models.values()]), ...main])];
    const { modelTypeId, name, search } = request;
    const found = all.filter(
      ({ message }) =>
        (modelTypeId === '' || message.modelTypeId === modelTypeId) &&
        matchesPattern(message.id, name) &&
        matchesPattern(message.id, search && `*${search}*`),
    );
    return { models: pageOf(found, request, call.world.options.limits).map((model) => shownModel(model)) };
  },

  PostModels(request, call) {
    const app = writableApp(call, request.userAppId);
    const posted = request.models.length > 0 || request.model === undefined ? request.models : [request.model];
    if (posted.length === 0)
      throw refuse(StatusCode.MODEL_INVALID_REQUEST, 'Expected at least one model.', 'Invalid request');
    for (const model of posted) {
      assertId(model.id, StatusCode.MODEL_INVALID_ARGUMENT);
      assertNew(app.models, model.id);
    }
    const [first] = posted.map((model) => addModel(app, model, call));
    return { model: first && shownModel(first) };
  },

  PatchModels({ userAppId, models, action }, call) {
    const app = writableApp(call, userAppId);
    if (!['merge', 'overwrite', 'remove'].includes(action))
      throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, `Invalid action '${action}'.`);
    const modifiedAt = toTimestamp(call.world.clock.now());
    const patched = models.map((patch) => {
      const before = existing(app, patch.id);
      const { modelVersion: _version, ...given } = sparse(patch);
      return { ...before, message: { ...before.message, ...given, id: patch.id, modifiedAt } };
    });
    for (const model of patched) app.models.set(model.message.id, model);
    return { models: patched.map((model) => shownModel(model)) };
  },

  DeleteModels({ userAppId, ids, deleteAll }, call) {
    const app = writableApp(call, userAppId);
    for (const id of ids) existing(app, id);
    for (const id of deleteAll ? [...app.models.keys()] : ids) app.models.delete(id);
    return {};
  },

  DeleteModel(request, call) {
    const app = writableApp(call, request.userAppId);
    if (!app.models.delete(request.modelId)) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
    return {};
  },
};

function addModel(app: AppState, posted: Model, { world }: Call): ModelState {
  const { modelVersion, ...message } = sparse(posted);
  const at = toTimestamp(world.clock.now());
  const { owner } = app;
  const version = {
    ...modelVersion,
    ...owner,
    id: randomId(world.randomBytes),
    createdAt: at,
    status: status(StatusCode.MODEL_UNTRAINED),
  };
  const model: ModelState = {
    message: { name: posted.id, ...message, id: posted.id, createdAt: at, modifiedAt: at, ...owner },
    versions: [version],
    predict: undefined,
    recalls: new Map(),
    exports: new Map(),
    takes: takenBy(posted.modelTypeId),
  };
  app.models.set(posted.id, model);
  return model;
}

function existing(app: AppState, id: string): ModelState {
  const model = app.models.get(id);
  if (model === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  return model;
}

/** What models of a type take, where the type says it. */
function takenBy(modelTypeId: string): readonly MediaKind[] | undefined {
  if (modelTypeId.startsWith('visual-') || modelTypeId.startsWith('image-')) return ['image', 'video'];
  return modelTypeId.startsWith('text-') ? ['text'] : undefined;
}
