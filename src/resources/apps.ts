import type { App as AppMessage } from '../../generated/proto/clarifai/api/resources';
import type { ListAppsRequest } from '../../generated/proto/clarifai/api/service';
import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { resolveRef, type WorkflowRef } from '../operations/resource-ref';
import type { Scope } from '../operations/scope';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';

/** An app as the service describes it. */
export interface AppInfo extends Plain<AppMessage> {}

/** Which apps to list, and in which order. */
export type AppFilter = Omit<DeepPartial<ListAppsRequest>, 'userAppId' | 'page' | 'perPage'>;

/** What an app is made of, besides its id. */
export interface AppFields extends Omit<DeepPartial<AppMessage>, 'id' | 'userId' | 'defaultWorkflow'> {
  /**
   * The workflow that processes the app's inputs: the id of one of Clarifai's own (`Empty`, `Universal`,
   * `Language-Understanding` ...), or a URL.
   */
  readonly baseWorkflow?: WorkflowRef | undefined;
}

/** Where Clarifai's own workflows are. */
const community: Scope = { userId: 'clarifai', appId: 'main' };

/** The apps of a user. */
export class Apps {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /**
   * Lists the user's apps. RPC: V2.ListApps.
   *
   * @example
   * for await (const app of clarifai.user().apps.list({ sortByName: true })) console.log(app.id);
   */
  list(filter: AppFilter = {}, options: ListOptions = {}): Listing<AppInfo> {
    return listing(options, async (page, call) => {
      const { apps } = await this.#context.invoke(
        'ListApps',
        { ...filter, userAppId: this.#context.userAppId, ...page },
        call,
      );
      return apps;
    });
  }

  /**
   * Makes an app. RPC: V2.PostApps, which is not repeated after a failure that may have made it.
   *
   * @param fields by default the app has the workflow `Empty`, which leaves inputs as they are
   * @throws AlreadyExistsError when the user has an app with this id
   * @example
   * await clarifai.user().apps.create('trains', { baseWorkflow: 'Universal' });
   */
  async create(appId: string, fields: AppFields = {}, options: CallOptions = {}): Promise<AppInfo> {
    assertId(appId, 'appId');
    assertObject(fields, 'fields');
    const { baseWorkflow = 'Empty', ...app } = fields;
    const request = {
      userAppId: this.#context.userAppId,
      apps: [{ ...app, id: appId, ...toDefaultWorkflow(baseWorkflow) }],
    };
    const { apps } = await this.#context.invoke('PostApps', request, options);
    return single(apps[0], 'PostApps');
  }
}

/** The fields of an app's message that say which workflow it has. */
export function toDefaultWorkflow(ref: WorkflowRef | undefined): Pick<DeepPartial<AppMessage>, 'defaultWorkflow'> {
  if (ref === undefined) return {};
  const { id, userAppId } = resolveRef(ref, 'workflow', community);
  return { defaultWorkflow: { id, ...userAppId } };
}
