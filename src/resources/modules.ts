import type {
  InstalledModuleVersion as InstalledModuleVersionMessage,
  Module as ModuleMessage,
} from '../../generated/proto/clarifai/api/resources';
import type { ListModulesRequest } from '../../generated/proto/clarifai/api/service';
import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';

/** A module as the service describes it. */
export interface ModuleInfo extends Plain<ModuleMessage> {}

/** A version of a module that is installed in an app, as the service describes it. */
export interface InstalledModuleVersionInfo extends Plain<InstalledModuleVersionMessage> {}

/** What a module is made of, besides its id. */
export type ModuleFields = Omit<DeepPartial<ModuleMessage>, 'id' | 'appId' | 'userId' | 'moduleVersion'>;

/** Which modules to list, and in which order. */
export type ModuleFilter = Omit<DeepPartial<ListModulesRequest>, 'userAppId' | 'page' | 'perPage'>;

/** The modules of an app: programs with a page of their own. */
export class Modules {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /** Lists the app's modules. RPC: V2.ListModules. */
  list(filter: ModuleFilter = {}, options: ListOptions = {}): Listing<ModuleInfo> {
    return listing(options, async (page, call) => {
      const request = { ...filter, userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListModules', request, call)).modules;
    });
  }

  /** Lists the versions of modules, of any app, that are installed in this one. RPC: V2.ListInstalledModuleVersions. */
  listInstalled(options: ListOptions = {}): Listing<InstalledModuleVersionInfo> {
    return listing(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListInstalledModuleVersions', request, call)).installedModuleVersions;
    });
  }

  /**
   * Makes a module. RPC: V2.PostModules, which is not repeated after a failure that may have made it.
   *
   * @throws AlreadyExistsError when the app has a module with this id
   */
  async create(moduleId: string, fields: ModuleFields = {}, options: CallOptions = {}): Promise<ModuleInfo> {
    assertId(moduleId, 'moduleId');
    assertObject(fields, 'fields');
    const request = { userAppId: this.#context.userAppId, modules: [{ ...fields, id: moduleId }] };
    return single((await this.#context.invoke('PostModules', request, options)).modules[0], 'PostModules');
  }

  /**
   * Deletes modules with their versions. RPC: V2.DeleteModules, with at most 128 ids a request.
   *
   * @throws InvalidRequestError for an empty list: nothing is deleted that was not named
   */
  async delete(moduleIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    await deleteInChunks(moduleIds, 'moduleIds', (ids) =>
      this.#context.invoke('DeleteModules', { userAppId, ids }, options),
    );
  }
}
