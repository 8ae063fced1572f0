import type { Runner, RunnerSelector } from '../../../generated/proto/clarifai/api/resources';
import type { PostModelOutputsRequest } from '../../../generated/proto/clarifai/api/service';
import type { Call } from '../service/call';
import type { Stored } from '../state/app-state';
import { existingIn } from '../state/existing';
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

/** The runner in what the selector names; nodepools and deployments may have none, and then the model answers itself. */
function selected({ runner, nodepool, deployment }: RunnerSelector, user: UserState): Stored<Runner> | undefined {
  const runners = [...user.runners.values()];
  if (runner !== undefined && runner.id !== '') return existingIn(user.runners, runner.id);
  if (deployment !== undefined && deployment.id !== '') {
    const { nodepools = [], worker } = existingIn(user.deployments, deployment.id);
    const pools = new Set(nodepools.map(({ id }) => id));
    return runners.find((one) => pools.has(one.nodepool?.id)) ?? workerOf(user, worker?.model?.id ?? '');
  }
  if (nodepool === undefined || nodepool.id === '') return undefined;
  const found = runners.find((one) => one.nodepool?.id === nodepool.id);
  // Runners can be made without their nodepool.
  if (found === undefined) existingIn(user.nodepools, nodepool.id);
  return found;
}

function workerOf({ runners }: UserState, modelId: string): Stored<Runner> | undefined {
  if (runners.size === 0 || modelId === '') return undefined;
  return [...runners.values()].find(({ worker }) => worker?.model?.id === modelId);
}
