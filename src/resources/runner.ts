import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import type { Scope } from '../operations/scope';
import type { CallOptions } from '../options/call-options';
import type { RunnerHandlers } from '../runner/runner-handlers';
import { RunnerSession } from '../runner/runner-session';
import type { RunnerSessionOptions } from '../runner/session-options';
import { type ResourceContext, type ScopedContext, withScope } from './context';
import { type RunnerInfo, type RunnerPlace, Runners } from './runners';

/** A runner: its id, and where it belongs. */
export interface RunnerRef extends RunnerPlace {
  /** The runner's id. */
  readonly id: string;
}

/** A runner: a program that answers predictions on machines of the user's own. Making the handle asks nothing of the service. */
export class Runner {
  /** The runner's id. */
  readonly id: string;
  /** Its nodepool; `undefined` for one that belongs to the user alone. */
  readonly nodepoolId: string | undefined;
  /** Its compute cluster, likewise. */
  readonly computeClusterId: string | undefined;
  readonly #context: ScopedContext;

  constructor(context: ResourceContext, { userId }: Scope, runner: string | RunnerRef) {
    const ref: RunnerRef = typeof runner === 'string' ? { id: runner } : runner;
    assertObject(ref, 'runner', ['id', 'nodepoolId', 'computeClusterId']);
    assertId(ref.id, 'runner.id');
    if (ref.nodepoolId !== undefined) assertId(ref.nodepoolId, 'runner.nodepoolId');
    if (ref.computeClusterId !== undefined) assertId(ref.computeClusterId, 'runner.computeClusterId');
    this.id = ref.id;
    this.nodepoolId = ref.nodepoolId;
    this.computeClusterId = ref.computeClusterId;
    this.#context = withScope(context, { userId });
  }

  /**
   * Reads what the service says of the runner. RPC: V2.GetRunner.
   *
   * @throws NotFoundError when there is no such runner
   */
  async get(options: CallOptions = {}): Promise<RunnerInfo> {
    const { nodepoolId, computeClusterId } = this;
    return new Runners(this.#context).get(this.id, { nodepoolId, computeClusterId }, options);
  }

  /**
   * Makes this process the runner: predictions that the service sends to it are answered by the handlers, until the session is
   * closed. A lost connection is made again. RPC: V2.ProcessRunnerItems, or V2.ListRunnerItems and V2.PostRunnerItemOutputs with
   * `mode: 'poll'`. Close the session before the client.
   *
   * @throws InvalidRequestError for handlers and options that are wrong
   * @example
   * const session = clarifai.runner({ id: 'laptop', nodepoolId: 'home', computeClusterId: 'mine' }).serve({
   *   predict: ({ data }) => ({ text: { raw: data?.text?.raw.toUpperCase() } }),
   * });
   * process.once('SIGTERM', () => session.close());
   * await session.done;
   */
  serve(handlers: RunnerHandlers, options: RunnerSessionOptions = {}): RunnerSession {
    const { invoke, invokeStream, clock } = this.#context;
    const { id: runnerId, nodepoolId, computeClusterId } = this;
    const runner = { userAppId: this.#context.userAppId, nodepoolId, computeClusterId, runnerId };
    return new RunnerSession({ invoke, invokeStream, clock, runner }, handlers, options);
  }
}
