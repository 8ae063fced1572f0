import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { assertIsSelf, scopedUser } from '../service/scope';
import type { Stored } from '../state/app-state';
import { assertAllNew, deleteFrom, existingIn } from '../state/existing';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { UserState } from '../state/world';

/** Compute clusters, nodepools and deployments of a user: that they are there. Nothing runs in them. */
export const computeHandlers: Handlers = {
  GetComputeCluster({ userAppId, computeClusterId }, call) {
    return { computeCluster: existingIn(ownUser(call, userAppId).computeClusters, computeClusterId) };
  },

  ListComputeClusters(request, call) {
    const { computeClusters } = ownUser(call, request.userAppId);
    return { computeClusters: pageOf(computeClusters.values(), request, call.world.options.limits) };
  },

  PostComputeClusters({ userAppId, computeClusters }, call) {
    const user = ownUser(call, userAppId);
    return { computeClusters: add(user.computeClusters, computeClusters, { userId: user.message.id }, call) };
  },

  PatchComputeClusters({ userAppId, computeClusters }, call) {
    return { computeClusters: patch(ownUser(call, userAppId).computeClusters, computeClusters, call) };
  },

  DeleteComputeClusters({ userAppId, ids }, call) {
    const { computeClusters, nodepools } = ownUser(call, userAppId);
    deleteFrom(computeClusters, ids);
    // What is in a cluster goes with it.
    for (const { id, computeCluster } of [...nodepools.values()])
      if (ids.includes(computeCluster?.id ?? '')) nodepools.delete(id);
    return {};
  },

  GetNodepool({ userAppId, computeClusterId, nodepoolId }, call) {
    return { nodepool: nodepoolIn(ownUser(call, userAppId), computeClusterId, nodepoolId) };
  },

  ListNodepools(request, call) {
    const { computeClusterId } = request;
    const found = [...ownUser(call, request.userAppId).nodepools.values()].filter(
      ({ computeCluster }) => computeClusterId === '' || computeCluster?.id === computeClusterId,
    );
    return { nodepools: pageOf(found, request, call.world.options.limits) };
  },

  PostNodepools({ userAppId, computeClusterId, nodepools }, call) {
    const user = ownUser(call, userAppId);
    const computeCluster = existingIn(user.computeClusters, computeClusterId);
    return { nodepools: add(user.nodepools, nodepools, { computeCluster }, call) };
  },

  PatchNodepools({ userAppId, computeClusterId, nodepools }, call) {
    const user = ownUser(call, userAppId);
    for (const { id } of nodepools) nodepoolIn(user, computeClusterId, id);
    return { nodepools: patch(user.nodepools, nodepools, call) };
  },

  DeleteNodepools({ userAppId, computeClusterId, ids }, call) {
    const user = ownUser(call, userAppId);
    for (const id of ids) nodepoolIn(user, computeClusterId, id);
    deleteFrom(user.nodepools, ids);
    return {};
  },

  GetDeployment({ userAppId, deploymentId }, call) {
    return { deployment: existingIn(ownUser(call, userAppId).deployments, deploymentId) };
  },

  ListDeployments(request, call) {
    const { nodepoolId, computeClusterId, modelVersionIds, workflowVersionIds } = request;
    const found = [...ownUser(call, request.userAppId).deployments.values()].filter(
      ({ nodepools = [], worker }) =>
        (nodepoolId === '' || nodepools.some(({ id }) => id === nodepoolId)) &&
        (computeClusterId === '' || nodepools.some(({ computeCluster }) => computeCluster?.id === computeClusterId)) &&
        isAmong(modelVersionIds, worker?.model?.modelVersion?.id) &&
        isAmong(workflowVersionIds, worker?.workflow?.version?.id),
    );
    return { deployments: pageOf(found, request, call.world.options.limits) };
  },

  PostDeployments({ userAppId, deployments }, call) {
    const user = ownUser(call, userAppId);
    for (const { nodepools } of deployments) for (const { id } of nodepools) existingIn(user.nodepools, id);
    return { deployments: add(user.deployments, deployments, { userId: user.message.id }, call) };
  },

  PatchDeployments({ userAppId, deployments }, call) {
    return { deployments: patch(ownUser(call, userAppId).deployments, deployments, call) };
  },

  DeleteDeployments({ userAppId, ids }, call) {
    deleteFrom(ownUser(call, userAppId).deployments, ids);
    return {};
  },
};

function ownUser(call: Call, scope: Parameters<typeof scopedUser>[1]): UserState {
  const user = scopedUser(call, scope);
  assertIsSelf(call, user);
  return user;
}

function nodepoolIn(
  { nodepools }: UserState,
  computeClusterId: string,
  id: string,
): NonNullable<ReturnType<UserState['nodepools']['get']>> {
  const nodepool = existingIn(nodepools, id);
  if (nodepool.computeCluster?.id !== computeClusterId) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return nodepool;
}

function isAmong(ids: readonly string[], id: string | undefined): boolean {
  return ids.length === 0 || ids.includes(id ?? '');
}

type Noun = { readonly id: string };

/** @param more what the service adds to what was posted */
function add<Message extends Noun>(
  kept: Map<string, Stored<Message>>,
  posted: readonly Message[],
  more: object,
  { world }: Call,
): Stored<Message>[] {
  assertAllNew(kept, posted);
  const at = toTimestamp(world.clock.now());
  const added = posted.map((one) => ({ ...sparse(one), ...more, id: one.id, createdAt: at, modifiedAt: at }));
  for (const one of added) kept.set(one.id, one);
  return added;
}

/** What is given replaces what was there, field by field. */
function patch<Message extends Noun>(
  kept: Map<string, Stored<Message>>,
  patches: readonly Message[],
  { world }: Call,
): Stored<Message>[] {
  const modifiedAt = toTimestamp(world.clock.now());
  const patched = patches.map((one) => ({ ...existingIn(kept, one.id), ...sparse(one), id: one.id, modifiedAt }));
  for (const one of patched) kept.set(one.id, one);
  return patched;
}
