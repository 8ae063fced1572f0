import type { Module, ModuleVersion } from '../../../generated/proto/clarifai/api/resources';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, readableApps, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import { assertAllNew, deleteFrom, existingIn } from '../state/existing';
import type { ModuleState } from '../state/module-state';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';

/** Modules and their versions. */
export const moduleHandlers: Handlers = {
  GetModule({ userAppId, moduleId }, call) {
    return { module: shown(existingIn(readableApp(call, userAppId).modules, moduleId)) };
  },

  ListModules(request, call) {
    const modules = readableApps(call, request.userAppId).flatMap((app) => [...app.modules.values()]);
    return { modules: pageOf(modules, request, call.world.options.limits).map(shown) };
  },

  PostModules({ userAppId, modules }, call) {
    const app = writableApp(call, userAppId);
    assertAllNew(app.modules, modules);
    const at = toTimestamp(call.world.clock.now());
    const added = modules.map((posted): ModuleState => {
      const { moduleVersion: _version, ...given } = sparse(posted);
      return {
        message: { ...given, id: posted.id, createdAt: at, modifiedAt: at, ...app.owner },
        versions: new Map(),
      };
    });
    for (const module of added) app.modules.set(module.message.id, module);
    return { modules: added.map(shown) };
  },

  PatchModules({ userAppId, modules }, call) {
    const app = writableApp(call, userAppId);
    const found = modules.map(({ id }) => existingIn(app.modules, id));
    const modifiedAt = toTimestamp(call.world.clock.now());
    const patched = modules.map((patch, index): ModuleState => {
      const { message, versions } = found[index] ?? existingIn(app.modules, patch.id);
      const { moduleVersion: _version, ...given } = sparse(patch);
      return { message: { ...message, ...given, id: patch.id, modifiedAt }, versions };
    });
    for (const module of patched) app.modules.set(module.message.id, module);
    return { modules: patched.map(shown) };
  },

  DeleteModules({ userAppId, ids }, call) {
    deleteFrom(writableApp(call, userAppId).modules, ids);
    return {};
  },

  GetModuleVersion({ userAppId, moduleId, moduleVersionId }, call) {
    const { versions } = existingIn(readableApp(call, userAppId).modules, moduleId);
    return { moduleVersion: existingIn(versions, moduleVersionId) };
  },

  ListModuleVersions(request, call) {
    const { versions } = existingIn(readableApp(call, request.userAppId).modules, request.moduleId);
    return { moduleVersions: pageOf([...versions.values()].reverse(), request, call.world.options.limits) };
  },

  PostModuleVersions({ userAppId, moduleId, moduleVersions }, call) {
    const app = writableApp(call, userAppId);
    const { versions } = existingIn(app.modules, moduleId);
    assertAllNew(versions, moduleVersions);
    const at = toTimestamp(call.world.clock.now());
    const added = moduleVersions.map((posted) => toVersion(app, moduleId, posted, at));
    for (const version of added) versions.set(version.id, version);
    return { moduleVersions: added };
  },

  PatchModuleVersions({ userAppId, moduleId, moduleVersions }, call) {
    const { versions } = existingIn(writableApp(call, userAppId).modules, moduleId);
    const modifiedAt = toTimestamp(call.world.clock.now());
    const patched = moduleVersions.map((patch) => ({
      ...existingIn(versions, patch.id),
      ...sparse(patch),
      id: patch.id,
      moduleId,
      modifiedAt,
    }));
    for (const version of patched) versions.set(version.id, version);
    return { moduleVersions: patched };
  },

  GetModuleVersionUsageCount({ userAppId, moduleId, moduleVersionId }, call) {
    const app = readableApp(call, userAppId);
    existingIn(existingIn(app.modules, moduleId).versions, moduleVersionId);
    return { usageCount: installationsOf(app, moduleId, moduleVersionId, call.world) };
  },

  DeleteModuleVersions({ userAppId, moduleId, ids }, call) {
    deleteFrom(existingIn(writableApp(call, userAppId).modules, moduleId).versions, ids);
    return {};
  },
};

/** How often a version is installed, in whatever app. */
function installationsOf(app: AppState, moduleId: string, moduleVersionId: string, { users }: World): number {
  const apps = [...users.values()].flatMap((user) => [...user.apps.values()]);
  const installed = apps.flatMap(({ installedModules }) => [...installedModules.values()]);
  return installed.filter(
    ({ moduleVersion }) =>
      moduleVersion?.id === moduleVersionId &&
      moduleVersion.moduleId === moduleId &&
      (moduleVersion.appId ?? app.id) === app.id,
  ).length;
}

function shown({ message, versions }: ModuleState): Stored<Module> {
  return { ...message, moduleVersion: [...versions.values()].at(-1) };
}

function toVersion(
  app: AppState,
  moduleId: string,
  posted: ModuleVersion,
  at: ReturnType<typeof toTimestamp>,
): Stored<ModuleVersion> {
  return { ...sparse(posted), id: posted.id, moduleId, createdAt: at, modifiedAt: at, ...app.owner };
}
