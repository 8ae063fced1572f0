import type { ModuleVersion as ModuleVersionMessage } from '../../generated/proto/clarifai/api/resources';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { ResolvedRef } from '../operations/resource-ref';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import { type ResourceContext, type ScopedContext, withScope } from './context';
import type { ModuleInfo } from './modules';

/** A version of a module as the service describes it. */
export interface ModuleVersionInfo extends Plain<ModuleVersionMessage> {}

/** A module. Making the handle asks nothing of the service. */
export class Module {
  /** The module's id. */
  readonly id: string;
  /** The version that it was named with, if any. */
  readonly versionId: string | undefined;
  readonly #context: ScopedContext;

  constructor(context: ResourceContext, { id, versionId, scope }: ResolvedRef) {
    this.id = id;
    this.versionId = versionId;
    this.#context = withScope(context, scope);
  }

  /**
   * Reads what the service says of the module. RPC: V2.GetModule.
   *
   * @throws NotFoundError when the app has no such module
   */
  async get(options: CallOptions = {}): Promise<ModuleInfo> {
    const request = { userAppId: this.#context.userAppId, moduleId: this.id };
    return single((await this.#context.invoke('GetModule', request, options)).module, 'GetModule');
  }

  /** Lists the module's versions. RPC: V2.ListModuleVersions. */
  listVersions(options: ListOptions = {}): Listing<ModuleVersionInfo> {
    return listing(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, moduleId: this.id, ...page };
      return (await this.#context.invoke('ListModuleVersions', request, call)).moduleVersions;
    });
  }
}
