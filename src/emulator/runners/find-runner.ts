import type { Runner, RunnerSelector } from '../../../generated/proto/clarifai/api/resources';
import type { PostModelOutputsRequest } from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Call } from '../service/call';
import type { Stored } from '../state/app-state';
import type { UserState, World } from '../state/world';
import { RunnerQueue } from './runner-queue';

/**
 * The queue of the runner that a prediction is for: the one that its selector names, or one whose worker is the model.
 *
 * @throws Refusal for a runner, a nodepool or a deployment that there is not
 */
export function findRunner(request: PostModelOutputsRequest, { principal, world }: Call): RunnerQueue | undefined {
  const user = 'userId' in principal ? world.users.get(principal.userId) : undefined;
  if (user === undefined) return undefined;
  const { runnerSelector: selector, modelId } = request;
  const runner = selector === undefined ? undefined : selected(selector, user);
  const found = runner ?? workerOf(user, modelId);
  return found && queueOf(world, user, found.id);
}

/** The queue of a runner, made when it is first asked for. */
export function queueOf({ runnerQueues }: World, user: UserState, runnerId: string): RunnerQueue {
  const name = `${user.message.id}/${runnerId}`;
  const queue = runnerQueues.get(name) ?? new RunnerQueue();
  runnerQueues.set(name, queue);
  return queue;
}

function selected(
  { runner, nodepool, deployment }: RunnerSelector,
  { runners }: UserState,
): Stored<Runner> | undefined {
  const all = [...runners.values()];
  const wanted =
    (runner?.id ?? '') !== ''
      ? runners.get(runner?.id ?? '')
      : all.find((one) => one.nodepool?.id === nodepool?.id && nodepool?.id !== '');
  const namesOne = [runner?.id, nodepool?.id, deployment?.id].some((id) => id !== undefined && id !== '');
  if (namesOne && wanted === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return namesOne ? wanted : undefined;
}

function workerOf({ runners }: UserState, modelId: string): Stored<Runner> | undefined {
  if (runners.size === 0) return undefined;
  return [...runners.values()].find(({ worker }) => modelId !== '' && worker?.model?.id === modelId);
}
