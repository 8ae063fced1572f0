import type { Workflow } from '../../../generated/proto/clarifai/api/resources';
import type { AppState, Stored } from './app-state';

export type WorkflowVersionMessage = NonNullable<Stored<Workflow>['version']>;

/** The versions of a workflow, oldest first; the last one is what the workflow is now. */
export function workflowVersions(app: AppState, workflow: Stored<Workflow>): readonly WorkflowVersionMessage[] {
  return app.workflowVersions.get(workflow.id) ?? (workflow.version === undefined ? [] : [workflow.version]);
}

/** The workflow as it was in one of its versions; `undefined` when it has no such version. */
export function workflowAt(app: AppState, workflow: Stored<Workflow>, versionId: string): Stored<Workflow> | undefined {
  if (versionId === '') return workflow;
  const version = workflowVersions(app, workflow).find(({ id }) => id === versionId);
  return version && { ...workflow, version, nodes: version.nodes };
}

/** Makes a list of versions the workflow's own, its last one being what the workflow is from now on. */
export function setWorkflowVersions(
  app: AppState,
  workflow: Stored<Workflow>,
  versions: readonly WorkflowVersionMessage[],
): Stored<Workflow> {
  const version = versions.at(-1);
  const changed = { ...workflow, version, nodes: version?.nodes };
  app.workflows.set(workflow.id, changed);
  app.workflowVersions.set(workflow.id, versions);
  return changed;
}
