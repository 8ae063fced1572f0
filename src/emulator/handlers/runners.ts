import type { Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { assertIsSelf, scopedUser } from '../service/scope';
import { assertAllNew, deleteFrom, existingIn } from '../state/existing';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { UserState } from '../state/world';

/** Runners of a user. Nodepools and compute clusters need not be made first. */
export const runnerHandlers: Handlers = {
  GetRunner({ userAppId, runnerId }, call) {
    return { runner: existingIn(ownUser(call, userAppId).runners, runnerId) };
  },

  ListRunners(request, call) {
    const { computeClusterId, nodepoolId } = request;
    const found = [...ownUser(call, request.userAppId).runners.values()].filter(
      ({ nodepool }) =>
        (nodepoolId === '' || nodepool?.id === nodepoolId) &&
        (computeClusterId === '' || nodepool?.computeCluster?.id === computeClusterId),
    );
    return { runners: pageOf(found, request, call.world.options.limits) };
  },

  PostRunners({ userAppId, runners, nodepoolId, computeClusterId }, call) {
    const user = ownUser(call, userAppId);
    assertAllNew(user.runners, runners);
    const at = toTimestamp(call.world.clock.now());
    const nodepool = nodepoolId === '' ? undefined : { id: nodepoolId, computeCluster: { id: computeClusterId } };
    const added = runners.map((posted) => ({
      ...(nodepool && { nodepool }),
      ...sparse(posted),
      id: posted.id,
      createdAt: at,
      modifiedAt: at,
    }));
    for (const runner of added) user.runners.set(runner.id, runner);
    return { runners: added };
  },

  PatchRunners({ userAppId, runners }, call) {
    const user = ownUser(call, userAppId);
    const modifiedAt = toTimestamp(call.world.clock.now());
    const patched = runners.map((patch) => ({
      ...existingIn(user.runners, patch.id),
      ...sparse(patch),
      id: patch.id,
      modifiedAt,
    }));
    for (const runner of patched) user.runners.set(runner.id, runner);
    return { runners: patched };
  },

  DeleteRunners({ userAppId, ids }, call) {
    deleteFrom(ownUser(call, userAppId).runners, ids);
    return {};
  },
};

function ownUser(call: Call, scope: Parameters<typeof scopedUser>[1]): UserState {
  const user = scopedUser(call, scope);
  assertIsSelf(call, user);
  return user;
}
