import type { User as UserMessage } from '../../generated/proto/clarifai/api/resources';
import { type AppRef, resolveAppRef } from '../operations/resource-ref';
import type { Scope } from '../operations/scope';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import { App } from './app';
import { Apps } from './apps';
import { type ResourceContext, withScope } from './context';
import { Runner, type RunnerRef } from './runner';
import { Runners } from './runners';

/** A user as the service describes it. */
export interface UserInfo extends Plain<UserMessage> {}

/** A user, or an organization. Making the handle asks nothing of the service. */
export class User {
  /** The user's id; `undefined` leaves it to the credential. */
  readonly userId: string | undefined;
  /** The user's apps. */
  readonly apps: Apps;
  /** The user's runners. */
  readonly runners: Runners;
  readonly #context: ResourceContext;

  constructor(context: ResourceContext, { userId }: Scope) {
    this.userId = userId;
    this.#context = context;
    const scoped = withScope(context, { userId });
    this.apps = new Apps(scoped);
    this.runners = new Runners(scoped);
  }

  /** One of the user's apps, by id or clarifai.com URL. */
  app(app: AppRef): App {
    return new App(this.#context, resolveAppRef(app, this));
  }

  /** One of the user's runners, by id, with its nodepool and compute cluster if it has any. */
  runner(runner: string | RunnerRef): Runner {
    return new Runner(this.#context, this, runner);
  }

  /**
   * Reads what the service says of the user. RPC: V2.GetUser.
   *
   * @throws NotFoundError when there is no such user
   */
  async get(options: CallOptions = {}): Promise<UserInfo> {
    const { user } = await this.#context.invoke('GetUser', { userAppId: { userId: this.userId ?? 'me' } }, options);
    return single(user, 'GetUser');
  }
}
