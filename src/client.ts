import { reflection } from '../generated/reflection';
import { systemClock } from './base/clock';
import { logEvents } from './diagnostics/log-events';
import { stderrLogger } from './diagnostics/stderr-logger';
import { ingest, type IngestContext, type IngestSource } from './ingestion/ingest';
import type { IngestOptions } from './ingestion/ingest-options';
import type { IngestionRun } from './ingestion/ingestion-run';
import { limiterFor } from './ingestion/limiters';
import type { Input } from './ingestion/outcome';
import { postInputs } from './ingestion/post-inputs';
import type { InputsLike } from './inputs/input-like';
import { postedInputs } from './inputs/posted-inputs';
import { createInvoke } from './operations/invoke';
import { createInvokeStream } from './operations/invoke-stream';
import type { Listing, ListOptions } from './operations/listing';
import type { Outcome } from './operations/outcome';
import type { Scope } from './operations/scope';
import {
  type AppRef,
  type ModelRef,
  type ResourceRef,
  resolveUserRef,
  type WorkflowRef,
} from './operations/resource-ref';
import { RetryBudget } from './operations/retry-budget';
import type { CallOptions } from './options/call-options';
import type { ClientOptions } from './options/client-options';
import type { CloseOptions } from './options/close-options';
import { resolveClientOptions } from './options/resolve-client-options';
import { iterateModelOutputs, type ModelOutputsParams, type Output, postModelOutputs } from './predict/model-outputs';
import {
  iterateWorkflowResults,
  postWorkflowResults,
  type WorkflowResult,
  type WorkflowResultsParams,
} from './predict/workflow-results';
import type { Annotations } from './resources/annotations';
import { App } from './resources/app';
import type { Concepts } from './resources/concepts';
import type { ResourceContext } from './resources/context';
import type { Dataset } from './resources/dataset';
import type { Inputs } from './resources/inputs';
import type { Model } from './resources/model';
import type { Module } from './resources/module';
import type { Runner, RunnerRef } from './resources/runner';
import type { SearchQuery } from './resources/search-query';
import type { SearchHit } from './resources/searches';
import { User } from './resources/user';
import type { Workflow } from './resources/workflow';
import { toAttempt, toStreamAttempt } from './rpc/attempt';
import { Transport } from './rpc/transport';
import { V2Stub } from './rpc/v2-stub';

/**
 * The Clarifai platform over gRPC: predictions, workflows and uploads of any size, with retries, deadlines and typed
 * errors. Make one client per process and share it: it opens as many connections as its calls need.
 *
 * Every method rejects with a `ClarifaiError` for what concerns the call (a refused credential, an unknown model, a bad
 * option) and reports what concerns one input as that input's outcome. A failed attempt that is safe to repeat is
 * repeated, up to three times in all.
 *
 * @throws InvalidRequestError for an option that is wrong, naming it and its value
 * @throws AuthenticationError when neither the options nor the environment hold a credential
 * @example
 * const clarifai = new Clarifai({ pat: process.env.CLARIFAI_PAT });
 * const outcomes = await clarifai.postModelOutputs({
 *   model: 'https://clarifai.com/clarifai/main/models/general-image-recognition',
 *   inputs: ['https://samples.clarifai.com/metro-north.jpg'],
 * });
 */
export class Clarifai implements AsyncDisposable {
  /** The raw stub on the same connection: every RPC of the service, one attempt a call. */
  readonly rpc: V2Stub;
  readonly #scope: Scope;
  readonly #ingestion: IngestContext;
  readonly #resources: ResourceContext;
  #ownApp: App | undefined;

  readonly #stopLogging: (() => void) | undefined;

  constructor(options: ClientOptions = {}) {
    const resolved = resolveClientOptions(options);
    const { userId, appId, defaults, credential, base } = resolved;
    const transport = new Transport(resolved);
    this.rpc = new V2Stub(transport);
    this.#scope = { userId, appId };
    const { identity: client } = transport;
    const shared = { client, defaults, budget: new RetryBudget(), redact: transport.redact };
    const invoke = createInvoke({
      ...shared,
      attempt: toAttempt(transport, { PostInputs: postedInputs }),
      lifetime: transport,
      verbOf: (method) => reflection().methods[method]?.[3] ?? '',
    });
    const invokeStream = createInvokeStream({ ...shared, lifetime: transport, attempt: toStreamAttempt(transport) });
    const { address } = client;
    const limiter = limiterFor(address, credential, systemClock);
    this.#ingestion = { invoke, scope: this.#scope, address, client, limiter, clock: systemClock, defaults };
    const downloads = { clock: systemClock, base, credential: () => transport.credential() };
    this.#resources = { invoke, invokeStream, clock: systemClock, ingestion: this.#ingestion, downloads };
    const logger = resolved.logger ?? (resolved.debug ? stderrLogger() : undefined);
    this.#stopLogging = logger && logEvents(logger, client);
  }

  /**
   * Asks a model about any number of inputs, and resolves with one outcome an input, in their order.
   *
   * RPC: V2.PostModelOutputs, with at most 128 inputs and 128 MB a request, four requests at a time. A request that fails
   * as a whole for the sake of one input is repeated in halves until that input stands alone. A `timeoutMs` given here bounds
   * all requests together; the default bounds each.
   *
   * @throws NotFoundError for a model that does not exist
   * @throws InvalidRequestError for an option that is wrong, before anything is sent
   * @example
   * const [outcome] = await clarifai.postModelOutputs({ model, inputs: [{ file: 'photo.jpg' }] });
   * if (outcome.ok) console.log(outcome.value.data?.concepts);
   */
  postModelOutputs(params: ModelOutputsParams, options: CallOptions = {}): Promise<Outcome<Output>[]> {
    return postModelOutputs(this.#resources, this.#scope, params, options);
  }

  /**
   * As `postModelOutputs`, for inputs that need not end: yields outcomes in the order of the inputs, and reads the source
   * only as far ahead as requests are in flight. `break` cancels them. `timeoutMs` bounds each request.
   */
  iterateModelOutputs(params: ModelOutputsParams, options: CallOptions = {}): AsyncIterable<Outcome<Output>> {
    return iterateModelOutputs(this.#ingestion.invoke, this.#scope, params, options);
  }

  /**
   * Runs a workflow on any number of inputs, and resolves with one outcome an input, in their order; its value holds one
   * output a node.
   *
   * RPC: V2.PostWorkflowResults, with 32 inputs a request unless `chunkSize` says otherwise, four requests at a time.
   * With `workflowState` the inputs must fit one request, and nothing is retried that might run twice.
   *
   * @throws NotFoundError for a workflow that does not exist
   */
  postWorkflowResults(params: WorkflowResultsParams, options: CallOptions = {}): Promise<Outcome<WorkflowResult>[]> {
    return postWorkflowResults(this.#resources, this.#scope, params, options);
  }

  /** As `postWorkflowResults`, for inputs that need not end. */
  iterateWorkflowResults(
    params: WorkflowResultsParams,
    options: CallOptions = {},
  ): AsyncIterable<Outcome<WorkflowResult>> {
    return iterateWorkflowResults(this.#ingestion.invoke, this.#scope, params, options);
  }

  /**
   * Adds inputs to the app, and resolves with one outcome an input, in their order. An input without an id gets a random
   * one, so that a repeated request cannot add it twice.
   *
   * RPC: V2.PostInputs, with at most 128 inputs a request and one video.
   *
   * @throws AuthenticationError when the credential is refused
   */
  async postInputs(inputs: InputsLike, options: IngestOptions = {}): Promise<Outcome<Input>[]> {
    return postInputs(this.#ingestion, inputs, options);
  }

  /**
   * Adds a stream of inputs that need not end, in flat memory: one outcome for every item that is read. An input without
   * an id gets one made from its content, so that loading the same source again adds nothing twice. A `Source` also hears
   * what became of each item; `{ retryDeadLetters: path }` sends again what an earlier run gave up. With `resume`, a run that
   * was killed goes on where it stopped.
   *
   * RPC: V2.PostInputs. The run starts at once; iterate it for the outcomes, or await `done` for the counts.
   *
   * @example
   * const { accepted, rejected } = await clarifai.ingest(readRows()).done;
   */
  ingest(source: IngestSource, options: IngestOptions = {}): IngestionRun {
    return ingest(this.#ingestion, source, options);
  }

  /**
   * A user, by id or clarifai.com URL. @default the client's own
   *
   * @example
   * for await (const app of clarifai.user().apps.list()) console.log(app.id);
   */
  user(user?: string): User {
    return new User(this.#resources, user === undefined ? this.#scope : resolveUserRef(user));
  }

  /**
   * An app, by id or clarifai.com URL. @default the client's own
   *
   * @example
   * await clarifai.app().datasets.create('trains');
   */
  app(app?: AppRef): App {
    return app === undefined ? this.#app : this.user().app(app);
  }

  /** A dataset of the client's app by id, or any by clarifai.com URL. */
  dataset(dataset: ResourceRef): Dataset {
    return this.#app.dataset(dataset);
  }

  /** A model of the client's app by id, or any by clarifai.com URL. */
  model(model: ModelRef): Model {
    return this.#app.model(model);
  }

  /** A workflow of the client's app by id, or any by clarifai.com URL. */
  workflow(workflow: WorkflowRef): Workflow {
    return this.#app.workflow(workflow);
  }

  /** A module of the client's app by id, or any by clarifai.com URL. */
  module(module: ResourceRef): Module {
    return this.#app.module(module);
  }

  /** One of the user's runners, by id, with its nodepool and compute cluster if it has any. See `Runner.serve`. */
  runner(runner: string | RunnerRef): Runner {
    return this.user().runner(runner);
  }

  /** Finds inputs of the client's app. See `App.search`. */
  search(query: SearchQuery, options: ListOptions = {}): Listing<SearchHit> {
    return this.#app.search(query, options);
  }

  /** The inputs of the client's app. */
  get inputs(): Inputs {
    return this.#app.inputs;
  }

  /** The annotations of the inputs of the client's app. */
  get annotations(): Annotations {
    return this.#app.annotations;
  }

  /** The concepts of the client's app. */
  get concepts(): Concepts {
    return this.#app.concepts;
  }

  /**
   * Ends the connection. New requests are refused with an InvalidRequestError whose code is `CLIENT_CLOSED`; those under way
   * finish with their retries, or with `behaviour: 'abort'` fail of the same error. So does an operation over many inputs
   * that has requests yet to begin: end it first. May be called again, also to end with `abort` what a drain waits for.
   */
  async close(options?: CloseOptions): Promise<void> {
    await this.rpc.close(options);
    this.#stopLogging?.();
  }

  /** As `close()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The app of the client's scope. What handles are made of loads with the first of them. */
  get #app(): App {
    return (this.#ownApp ??= new App(this.#resources, this.#scope));
  }
}
