import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import { assertAllNew, deleteFrom, existingIn } from '../state/existing';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';

/** Module versions that are installed in an app. */
export const installedModuleHandlers: Handlers = {
  GetInstalledModuleVersion({ userAppId, installedModuleVersionId }, call) {
    const { installedModules } = readableApp(call, userAppId);
    return { installedModuleVersion: existingIn(installedModules, installedModuleVersionId) };
  },

  ListInstalledModuleVersions(request, call) {
    const { installedModules } = readableApp(call, request.userAppId);
    return { installedModuleVersions: pageOf(installedModules.values(), request, call.world.options.limits) };
  },

  PostInstalledModuleVersions({ userAppId, installedModuleVersions }, call) {
    const app = writableApp(call, userAppId);
    assertAllNew(app.installedModules, installedModuleVersions);
    const at = toTimestamp(call.world.clock.now());
    const added = installedModuleVersions.map((posted) => ({
      ...sparse(posted),
      id: posted.id,
      createdAt: at,
      modifiedAt: at,
      ...app.owner,
    }));
    for (const installed of added) app.installedModules.set(installed.id, installed);
    return { installedModuleVersions: added };
  },

  DeleteInstalledModuleVersions({ userAppId, ids }, call) {
    deleteFrom(writableApp(call, userAppId).installedModules, ids);
    return {};
  },
};
