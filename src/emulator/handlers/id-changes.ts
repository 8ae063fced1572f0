import type { Workflow } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import type { Call, Handlers } from '../service/call';
import { shownModel } from '../service/find-model';
import { writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { existingIn } from '../state/existing';
import { assertId, assertNew } from '../state/ids';
import type { ModelState } from '../state/model-state';
import { toTimestamp } from '../state/timestamp';
import { workflowVersions } from '../state/workflow-versions';

/** New ids for models and workflows; what named the old ones in the same app names the new ones then. */
export const idChangeHandlers: Handlers = {
  PatchModelIds(request, call) {
    return { models: changeIds(request, call, changeModelId).map((model) => shownModel(model)) };
  },

  PatchWorkflowIds(request, call) {
    return { workflows: changeIds(request, call, changeWorkflowId) };
  },
};

interface IdChanges {
  readonly userAppId: Parameters<typeof writableApp>[1];
  readonly ids: readonly { readonly id: string; readonly newId: string }[];
  readonly action: string;
}

function changeIds<Changed>(
  { userAppId, ids, action }: IdChanges,
  call: Call,
  change: (app: AppState, id: string, newId: string, call: Call) => Changed,
): Changed[] {
  const app = writableApp(call, userAppId);
  if (action !== 'overwrite')
    throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, `Invalid action '${action}': expected 'overwrite'.`);
  for (const { newId } of ids) assertId(newId, StatusCode.CONN_BAD_REQUEST_FORMAT);
  return ids.map(({ id, newId }) => change(app, id, newId, call));
}

function changeModelId(app: AppState, id: string, newId: string, { world }: Call): ModelState {
  const model = app.models.get(id);
  if (model === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  assertNew(app.models, newId);
  const changed = { ...model, message: { ...model.message, id: newId, modifiedAt: toTimestamp(world.clock.now()) } };
  app.models.delete(id);
  app.models.set(newId, changed);
  for (const workflow of app.workflows.values()) {
    const versions = workflowVersions(app, workflow).map((version) => withModelId(app, version, id, newId));
    if (app.workflowVersions.has(workflow.id)) app.workflowVersions.set(workflow.id, versions);
    app.workflows.set(workflow.id, { ...withModelId(app, workflow, id, newId), version: versions.at(-1) });
  }
  return changed;
}

/** Nodes that name no app mean the workflow's own. */
function withModelId<Nodes extends Pick<DeepPartial<Workflow>, 'nodes'>>(
  app: AppState,
  workflow: Nodes,
  id: string,
  newId: string,
): Nodes {
  const nodes = workflow.nodes?.map((node) =>
    node.model?.id === id && (node.model.appId ?? app.id) === app.id
      ? { ...node, model: { ...node.model, id: newId } }
      : node,
  );
  return { ...workflow, ...(nodes && { nodes }) };
}

function changeWorkflowId(app: AppState, id: string, newId: string, { world }: Call): Stored<Workflow> {
  const workflow = existingIn(app.workflows, id);
  assertNew(app.workflows, newId);
  const versions = workflowVersions(app, workflow).map((version) => ({ ...version, workflowId: newId }));
  const modifiedAt = toTimestamp(world.clock.now());
  const changed = { ...workflow, id: newId, version: versions.at(-1), modifiedAt };
  app.workflows.delete(id);
  app.workflows.set(newId, changed);
  if (app.workflowVersions.delete(id)) app.workflowVersions.set(newId, versions);
  if (app.message.defaultWorkflow?.id === id) app.message = { ...app.message, defaultWorkflow: { id: newId } };
  return changed;
}
