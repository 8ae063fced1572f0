import { Visibility_Gettable as Gettable } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Call, Handlers } from '../service/call';
import { findVersion } from '../service/find-model';
import { writableApp } from '../service/scope';
import { existingIn } from '../state/existing';
import { replaceVersion } from '../state/model-state';
import { setWorkflowVersions, workflowVersions } from '../state/workflow-versions';

/** Who may see versions of models and of workflows: it shows in them. Other users see an app's contents if it is public. */
export const publicationHandlers: Handlers = {
  PostModelVersionsPublish(request, call) {
    return publishModelVersions(request, Gettable.PUBLIC, call);
  },

  PostModelVersionsUnPublish(request, call) {
    return publishModelVersions(request, Gettable.PRIVATE, call);
  },

  PostWorkflowVersionsPublish(request, call) {
    return publishWorkflowVersions(request, Gettable.PUBLIC, call);
  },

  PostWorkflowVersionsUnPublish(request, call) {
    return publishWorkflowVersions(request, Gettable.PRIVATE, call);
  },
};

interface Publication {
  readonly userAppId: Parameters<typeof writableApp>[1];
  readonly publications: readonly { readonly versionId: string }[];
}

function publishModelVersions(
  { userAppId, modelId, publications }: Publication & { readonly modelId: string },
  gettable: Gettable,
  call: Call,
): object {
  const model = writableApp(call, userAppId).models.get(modelId);
  if (model === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  for (const { versionId } of publications) findVersion(model, versionId);
  for (const { versionId } of publications) replaceVersion(model, versionId, { visibility: { gettable } });
  return {};
}

function publishWorkflowVersions(
  { userAppId, workflowId, publications }: Publication & { readonly workflowId: string },
  gettable: Gettable,
  call: Call,
): object {
  const app = writableApp(call, userAppId);
  const workflow = existingIn(app.workflows, workflowId);
  const versions = workflowVersions(app, workflow);
  const asked = new Set(publications.map(({ versionId }) => versionId));
  for (const id of asked)
    if (!versions.some((version) => version.id === id)) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  const changed = versions.map((version) =>
    asked.has(version.id ?? '') ? { ...version, visibility: { gettable } } : version,
  );
  setWorkflowVersions(app, workflow, changed);
  return {};
}
