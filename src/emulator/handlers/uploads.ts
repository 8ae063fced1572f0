import { randomId } from '../../base/ids';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { startExtraction } from '../jobs/extraction';
import { showInputsAddJob } from '../jobs/show-inputs-add-job';
import type { UploadState } from '../jobs/uploads';
import { addPart, showUpload, startUpload } from '../jobs/uploads';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState } from '../state/app-state';
import { sparse } from '../state/sparse';

/** Files that arrive in parts. */
export const uploadHandlers: Handlers = {
  GetUpload({ userAppId, uploadId }, call) {
    return { upload: showUpload(existing(readableApp(call, userAppId), uploadId)) };
  },

  ListUploads(request, call) {
    const { uploads } = readableApp(call, request.userAppId);
    return { uploads: pageOf(uploads.values(), request, call.world.options.limits).map(showUpload) };
  },

  PostUploads({ userAppId, uploads }, call) {
    const app = writableApp(call, userAppId);
    assertSome(uploads);
    return { uploads: uploads.map((posted) => showUpload(startUpload(app, posted, call.world))) };
  },

  async PutUploadContentParts({ userAppId, uploadId, contentParts }, call) {
    const app = writableApp(call, userAppId);
    const state = existing(app, uploadId);
    for (const part of contentParts) {
      const bytes = addPart(state, part, call.world);
      if (bytes === undefined || state.extraction === undefined) continue;
      const source = { ...state.extraction, url: '', name: state.message.contentName ?? '', bytes };
      await startExtraction(app, source, call.world);
    }
    return { upload: showUpload(state) };
  },

  DeleteUploads({ userAppId, ids }, call) {
    const app = writableApp(call, userAppId);
    for (const id of ids) existing(app, id);
    for (const id of ids) app.uploads.delete(id);
    return {};
  },

  PostInputsUploads({ userAppId, inputsUploads }, call) {
    const app = writableApp(call, userAppId);
    assertSome(inputsUploads);
    const inputsAddJobs = inputsUploads.map((posted) => {
      const job = app.inputs.openJob(posted.inputsAddJobId || randomId(call.world.randomBytes));
      if (posted.upload === undefined)
        throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected an upload, with its name and length.');
      startUpload(app, posted.upload, call.world, {
        inputsAddJobId: job.id,
        conflictResolution: posted.inputIdConflictResolution,
        template: posted.inputTemplate && sparse(posted.inputTemplate),
      });
      return showInputsAddJob(app, job);
    });
    return { inputsAddJobs };
  },
};

function existing(app: AppState, id: string): UploadState {
  const upload = app.uploads.get(id);
  if (upload === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return upload;
}

function assertSome(uploads: readonly object[]): void {
  if (uploads.length === 0) throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one upload.');
}
