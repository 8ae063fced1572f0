import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { ModelUploadState } from '../jobs/model-uploads';
import { openModelUpload, showModelUpload, takeModelPart } from '../jobs/model-uploads';
import type { Handlers } from '../service/call';
import { writableApp } from '../service/scope';
import type { AppState } from '../state/app-state';
import type { ModelState } from '../state/model-state';

interface OpenUpload {
  readonly app: AppState;
  readonly model: ModelState;
  readonly upload: ModelUploadState;
}

/** Versions of models that are made of files. */
export const modelUploadHandlers: Handlers = {
  /** First what is to be uploaded, then its parts; a stream that ends too early can be gone on with by another. */
  async *PostModelVersionsUpload(requests, call) {
    let open: OpenUpload | undefined;
    for await (const { uploadConfig, contentPart } of requests) {
      if (uploadConfig !== undefined) {
        const app = writableApp(call, uploadConfig.userAppId);
        const model = app.models.get(uploadConfig.modelId);
        if (model === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
        open = { app, model, upload: openModelUpload(app, model, uploadConfig, call.world) };
      } else if (open === undefined || contentPart === undefined) {
        throw refuse(StatusCode.MODEL_INVALID_REQUEST, "Expected 'upload_config' first.", 'Invalid request');
      } else {
        takeModelPart(open.app, open.model, open.upload, contentPart, call.world);
      }
      yield showModelUpload(open.upload);
    }
  },
};
