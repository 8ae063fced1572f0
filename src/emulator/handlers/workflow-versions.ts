import type { Workflow } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { WorkflowVersionMessage } from '../state/workflow-versions';
import { setWorkflowVersions, workflowVersions } from '../state/workflow-versions';

/** Versions of workflows: each change of a workflow's nodes makes one. */
export const workflowVersionHandlers: Handlers = {
  GetWorkflowVersion({ userAppId, workflowId, workflowVersionId }, call) {
    const app = readableApp(call, userAppId);
    return { workflowVersion: existingVersion(app, existing(app, workflowId), workflowVersionId) };
  },

  ListWorkflowVersions(request, call) {
    const app = readableApp(call, request.userAppId);
    const newestFirst = [...workflowVersions(app, existing(app, request.workflowId))].reverse();
    return { workflowVersions: pageOf(newestFirst, request, call.world.options.limits) };
  },

  PatchWorkflowVersions({ userAppId, workflowId, workflowVersions: patches }, call) {
    const app = writableApp(call, userAppId);
    const workflow = existing(app, workflowId);
    for (const { id } of patches) existingVersion(app, workflow, id);
    const modifiedAt = toTimestamp(call.world.clock.now());
    const versions = workflowVersions(app, workflow).map((version) => {
      const patch = patches.find(({ id }) => id === version.id);
      return patch === undefined ? version : { ...version, ...sparse({ ...patch, nodes: [] }), modifiedAt };
    });
    setWorkflowVersions(app, workflow, versions);
    return { workflowVersions: versions.filter((version) => patches.some(({ id }) => id === version.id)) };
  },

  DeleteWorkflowVersions({ userAppId, workflowId, workflowVersionIds }, call) {
    const app = writableApp(call, userAppId);
    const workflow = existing(app, workflowId);
    for (const id of workflowVersionIds) existingVersion(app, workflow, id);
    const kept = workflowVersions(app, workflow).filter(({ id = '' }) => !workflowVersionIds.includes(id));
    setWorkflowVersions(app, workflow, kept);
    return {};
  },
};

function existing(app: AppState, workflowId: string): Stored<Workflow> {
  const workflow = app.workflows.get(workflowId);
  if (workflow === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return workflow;
}

function existingVersion(app: AppState, workflow: Stored<Workflow>, id: string): WorkflowVersionMessage {
  const version = workflowVersions(app, workflow).find((one) => one.id === id);
  if (version === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return version;
}
