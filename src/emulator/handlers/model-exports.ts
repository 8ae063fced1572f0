import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { exportModelVersion, showModelExport } from '../exports/model-exports';
import type { Handlers } from '../service/call';
import { findVersion } from '../service/find-model';
import { readableApp, writableApp } from '../service/scope';
import type { AppState } from '../state/app-state';
import type { ModelState } from '../state/model-state';

/** Archives of versions of models. */
export const modelExportHandlers: Handlers = {
  async PutModelVersionExports(request, call) {
    const { app, model, versionId } = chosen(writableApp(call, request.userAppId), request);
    await exportModelVersion(model, versionId, call.world);
    return { export: showModelExport(app, model, versionId, call.world) };
  },

  GetModelVersionExport(request, call) {
    const { app, model, versionId } = chosen(readableApp(call, request.userAppId), request);
    const shown = showModelExport(app, model, versionId, call.world);
    if (shown === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    return { export: shown };
  },
};

interface Chosen {
  readonly app: AppState;
  readonly model: ModelState;
  readonly versionId: string;
}

function chosen(
  app: AppState,
  { modelId, versionId }: { readonly modelId: string; readonly versionId: string },
): Chosen {
  const model = app.models.get(modelId);
  const version = model && findVersion(model, versionId);
  if (model === undefined || version === undefined)
    throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  if (version.status?.code !== StatusCode.MODEL_TRAINED)
    throw refuse(StatusCode.MODEL_INVALID_REQUEST, 'Only a trained version can be exported.', 'Invalid request');
  return { app, model, versionId: version.id };
}
