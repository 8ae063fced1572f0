import type { Input, OutputConfig, WorkflowNode } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import type { DeepPartial } from '../../wire/codec';
import type { AnswerStatus } from '../answers';
import { isFailure, refuse, success } from '../answers';
import { echoInput } from '../predict/echo-input';
import { assertOutputConfig } from '../predict/output-config';
import type { ModelRun, OutputMessage } from '../predict/run-model';
import { callStatus, predict } from '../predict/run-model';
import type { Answer, Call, Handlers } from '../service/call';
import { encodedModel, findModel, findVersion } from '../service/find-model';
import { findWorkflow } from '../service/find-workflow';
import { readableApp } from '../service/scope';
import type { Owner } from '../state/input-urls';
import { latestTrained, withVersion } from '../state/model-state';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';
import { assertInputCount } from './model-outputs';

/** How long a workflow's state can be used. */
const stateLifetimeMs = 5 * 60_000;

type ResultMessage = NonNullable<Answer<'PostWorkflowResults'>['results']>[number] & { readonly status: AnswerStatus };

/** Predictions with all models of a workflow. */
export const workflowResultHandlers: Handlers = {
  async PostWorkflowResults(request, call) {
    const { userAppId, workflowId, versionId, inputs, outputConfig, workflowState } = request;
    const { owner } = readableApp(call, userAppId);
    const workflow = findWorkflow(call, userAppId, workflowId, versionId);
    assertInputCount(inputs, call);
    const config = outputConfig === undefined ? {} : sparse(outputConfig);
    assertOutputConfig(config);
    const nodes = workflow.version?.nodes ?? workflow.nodes ?? [];
    const runs = nodes.map((node, at) => nodeRun(node, at === nodes.length - 1 ? config : {}, owner, call));
    const stateId = workflowState && nextState(workflowState.id, call);
    const results = await Promise.all(inputs.map((input, index) => resultOf(runs, owner, input, index, call)));
    return {
      status: callStatus(
        results.map(({ status }) => status),
        call.world.options.badUrlStatus,
      ),
      workflow,
      results,
      ...(stateId !== undefined && { workflowState: { id: stateId } }),
    };
  },
};

interface NodeRun extends ModelRun {
  readonly isShown: boolean;
}

function nodeRun(
  node: DeepPartial<WorkflowNode>,
  config: DeepPartial<OutputConfig>,
  owner: Owner,
  call: Call,
): NodeRun {
  const { id = '', userId = '', appId = '', modelVersion } = node.model ?? {};
  const scope = appId === '' ? undefined : { userId, appId };
  const model = findModel(call, scope ?? { userId: 'clarifai', appId: 'main' }, id);
  const version = findVersion(model, modelVersion?.id ?? latestTrained(model)?.id ?? '');
  return {
    owner,
    model: withVersion(model, version?.id ?? ''),
    shown: encodedModel(model, version),
    params: node.outputInfoOverride?.params ?? {},
    outputConfig: { ...node.outputInfoOverride?.outputConfig, ...config },
    isShown: node.suppressOutput !== true,
  };
}

async function resultOf(
  runs: readonly NodeRun[],
  owner: Owner,
  input: Input,
  index: number,
  call: Call,
): Promise<ResultMessage> {
  const { clock, randomBytes } = call.world;
  const id = randomId(randomBytes);
  const outputs: OutputMessage[] = [];
  for (const run of runs) {
    const output = await predict(run, input, index, call);
    if (run.isShown || isFailure(output.status.code)) outputs.push(output);
    // A node that fails ends the result: the nodes after it would have nothing to work on.
    if (isFailure(output.status.code)) break;
  }
  const failure = outputs.find(({ status }) => isFailure(status.code))?.status;
  return {
    id,
    status: failure ?? success,
    createdAt: toTimestamp(clock.now()),
    input: echoInput(input, input.id || id, owner),
    outputs,
  };
}

/** `init` starts a state; any other id must be one that was given out in the last five minutes. */
function nextState(id: string, { world }: Call): string | undefined {
  if (id === '') return undefined;
  if (id === 'init') return extended(randomId(world.randomBytes), world);
  if ((world.workflowStates.get(id) ?? 0) <= world.clock.now()) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return extended(id, world);
}

/** Lets a state last on, and forgets those that have ended. */
function extended(id: string, { workflowStates, clock }: World): string {
  const nowMs = clock.now();
  workflowStates.delete(id);
  workflowStates.set(id, nowMs + stateLifetimeMs);
  // In the order in which they end, as each was put last when it was extended.
  for (const [other, endsAtMs] of workflowStates) {
    if (endsAtMs > nowMs) break;
    workflowStates.delete(other);
  }
  return id;
}
