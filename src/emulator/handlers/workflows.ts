import type { Workflow, WorkflowNode } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import { refuse } from '../answers';
import type { Call, Handlers } from '../service/call';
import { findModel } from '../service/find-model';
import { findWorkflow } from '../service/find-workflow';
import { pageOf } from '../service/page';
import { readableApps, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { assertId } from '../state/ids';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { WorkflowVersionMessage } from '../state/workflow-versions';
import { setWorkflowVersions, workflowVersions } from '../state/workflow-versions';
import type { World } from '../state/world';

/** Workflows. */
export const workflowHandlers: Handlers = {
  GetWorkflow(request, call) {
    return { workflow: findWorkflow(call, request.userAppId, request.workflowId) };
  },

  ListWorkflows(request, call) {
    const workflows = readableApps(call, request.userAppId).flatMap((app) => [...app.workflows.values()]);
    return { workflows: pageOf(workflows, request, call.world.options.limits) };
  },

  PostWorkflows(request, call) {
    const app = writableApp(call, request.userAppId);
    if (request.workflows.length === 0)
      throw refuse(StatusCode.WORKFLOW_INVALID_REQUEST, 'Expected at least one workflow.', 'Invalid request');
    for (const workflow of request.workflows) assertWorkflow(app, workflow, call);
    return { workflows: request.workflows.map((workflow) => addWorkflow(app, workflow, call)) };
  },

  PatchWorkflows({ userAppId, workflows, action }, call) {
    const app = writableApp(call, userAppId);
    if (!['merge', 'overwrite', 'remove'].includes(action))
      throw refuse(StatusCode.WORKFLOW_INVALID_ARGUMENT, `Invalid action '${action}'.`);
    for (const { id, nodes } of workflows) {
      if (!app.workflows.has(id)) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
      if (nodes.length > 0) assertNodes(app, nodes, call);
    }
    return { workflows: workflows.map((patch) => patchWorkflow(app, patch, call)) };
  },

  DeleteWorkflow(request, call) {
    deleteWorkflow(writableApp(call, request.userAppId), request.workflowId);
    return {};
  },

  DeleteWorkflows({ userAppId, ids, deleteAll }, call) {
    const app = writableApp(call, userAppId);
    if (ids.some((id) => !app.workflows.has(id))) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    for (const id of deleteAll ? [...app.workflows.keys()] : ids) deleteWorkflow(app, id);
    return {};
  },
};

function deleteWorkflow(app: AppState, id: string): void {
  if (!app.workflows.delete(id)) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  app.workflowVersions.delete(id);
}

function assertWorkflow(app: AppState, { id, nodes }: Workflow, call: Call): void {
  assertId(id, StatusCode.WORKFLOW_INVALID_ARGUMENT);
  if (app.workflows.has(id)) throw refuse(StatusCode.WORKFLOW_DUPLICATE);
  assertNodes(app, nodes, call);
}

function assertNodes(app: AppState, nodes: readonly WorkflowNode[], call: Call): void {
  if (nodes.length === 0) throw refuse(StatusCode.WORKFLOW_INVALID_GRAPH, 'Expected at least one node.');
  const ids = new Set(nodes.map((node) => node.id));
  for (const { id: nodeId, model, nodeInputs } of nodes) {
    const missing = nodeInputs.find((input) => !ids.has(input.nodeId));
    if (missing !== undefined)
      throw refuse(
        StatusCode.WORKFLOW_INVALID_GRAPH,
        `Node '${nodeId}' takes its input from '${missing.nodeId}', which is not a node.`,
      );
    if (model === undefined) throw refuse(StatusCode.WORKFLOW_INVALID_ARGUMENT, `Node '${nodeId}' has no model.`);
    findModel(call, { userId: model.userId || app.userId, appId: model.appId || app.id }, model.id);
  }
}

function addWorkflow(app: AppState, posted: Workflow, { world }: Call): Stored<Workflow> {
  const at = toTimestamp(world.clock.now());
  const version = newVersion(app, posted, world);
  const { nodes } = version;
  const workflow = { ...sparse(posted), id: posted.id, nodes, version, createdAt: at, modifiedAt: at, ...app.owner };
  app.workflows.set(posted.id, workflow);
  return workflow;
}

/** Nodes that are given are a new version; the rest changes the workflow itself. */
function patchWorkflow(app: AppState, patch: Workflow, { world }: Call): Stored<Workflow> {
  const { nodes: _nodes, version: _version, ...given } = sparse(patch);
  const before = app.workflows.get(patch.id);
  const changed = { ...before, ...given, id: patch.id, modifiedAt: toTimestamp(world.clock.now()) };
  app.workflows.set(patch.id, changed);
  if (patch.nodes.length === 0) return changed;
  return setWorkflowVersions(app, changed, [...workflowVersions(app, changed), newVersion(app, patch, world)]);
}

function newVersion(app: AppState, { id, nodes }: Workflow, { clock, randomBytes }: World): WorkflowVersionMessage {
  const at = toTimestamp(clock.now());
  const { owner } = app;
  return {
    id: randomId(randomBytes),
    workflowId: id,
    createdAt: at,
    modifiedAt: at,
    nodes: nodes.map((node) => ({ ...sparse(node), model: { ...owner, ...(node.model && sparse(node.model)) } })),
    ...owner,
  };
}
