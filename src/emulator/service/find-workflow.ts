import type { UserAppIDSet, Workflow } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Stored } from '../state/app-state';
import { publicApp } from '../state/public-app';
import { workflowAt } from '../state/workflow-versions';
import type { Call } from './call';
import { readableApp } from './scope';

/** The workflow with this id in the app, or else among Clarifai's; for an empty id the app's default workflow. */
export function findWorkflow(
  call: Call,
  scope: UserAppIDSet | undefined,
  id: string,
  versionId = '',
): Stored<Workflow> {
  const app = readableApp(call, scope);
  const wanted = id || (app.message.defaultWorkflow?.id ?? app.message.defaultWorkflowId ?? '');
  const home = app.workflows.has(wanted) ? app : publicApp(call.world);
  const latest = home.workflows.get(wanted);
  const workflow = latest && workflowAt(home, latest, versionId);
  if (workflow === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return workflow;
}
