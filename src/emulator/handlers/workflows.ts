import type { Workflow } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import { refuse } from '../answers';
import type { Call, Handlers } from '../service/call';
import { findModel } from '../service/find-model';
import { findWorkflow } from '../service/find-workflow';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { assertId } from '../state/ids';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** Workflows. */
export const workflowHandlers: Handlers = {
  GetWorkflow(request, call) {
    return { workflow: findWorkflow(call, request.userAppId, request.workflowId) };
  },

  ListWorkflows(request, call) {
    const app = readableApp(call, request.userAppId);
    return { workflows: pageOf(app.workflows.values(), request, call.world.options.limits) };
  },

  PostWorkflows(request, call) {
    const app = writableApp(call, request.userAppId);
    if (request.workflows.length === 0)
      throw refuse(StatusCode.WORKFLOW_INVALID_REQUEST, 'Expected at least one workflow.', 'Invalid request');
    for (const workflow of request.workflows) assertWorkflow(app, workflow, call);
    return { workflows: request.workflows.map((workflow) => addWorkflow(app, workflow, call)) };
  },

  DeleteWorkflow(request, call) {
    if (!writableApp(call, request.userAppId).workflows.delete(request.workflowId))
      throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    return {};
  },
};

function assertWorkflow(app: AppState, { id, nodes }: Workflow, call: Call): void {
  assertId(id, StatusCode.WORKFLOW_INVALID_ARGUMENT);
  if (app.workflows.has(id)) throw refuse(StatusCode.WORKFLOW_DUPLICATE);
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
  const { owner } = app;
  const nodes = posted.nodes.map((node) => ({
    ...sparse(node),
    model: { ...owner, ...(node.model && sparse(node.model)) },
  }));
  const version = {
    id: randomId(world.randomBytes),
    workflowId: posted.id,
    createdAt: at,
    modifiedAt: at,
    nodes,
    ...owner,
  };
  const workflow = { ...sparse(posted), id: posted.id, nodes, version, createdAt: at, modifiedAt: at, ...owner };
  app.workflows.set(posted.id, workflow);
  return workflow;
}
