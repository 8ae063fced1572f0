import { assertObject } from '../base/assert';
import type { Scope } from '../operations/scope';
import type { Listing, ListOptions } from '../operations/listing';
import { type ModelRef, type ResourceRef, resolveRef, type WorkflowRef } from '../operations/resource-ref';
import { single } from '../operations/single';
import type { CallOptions } from '../options/call-options';
import { type AppFields, type AppInfo, toDefaultWorkflow } from './apps';
import { Annotations } from './annotations';
import { Concepts } from './concepts';
import { type ResourceContext, type ScopedContext, withScope } from './context';
import { Dataset } from './dataset';
import { Inputs } from './inputs';
import { Datasets } from './datasets';
import { Model } from './model';
import { Models } from './models';
import { Module } from './module';
import { Modules } from './modules';
import { type PatchOptions, readPatchOptions } from './patch';
import type { SearchQuery } from './search-query';
import { type SearchHit, Searches } from './searches';
import { Workflow } from './workflow';
import { Workflows } from './workflows';

/** An app. Making the handle asks nothing of the service. */
export class App {
  /** Whose it is; `undefined` leaves it to the credential. */
  readonly userId: string | undefined;
  /** Its id; `undefined` leaves it to the credential. */
  readonly appId: string | undefined;
  /** What is said of its inputs. */
  readonly annotations: Annotations;
  /** What its inputs are labelled with. */
  readonly concepts: Concepts;
  /** Its datasets. */
  readonly datasets: Datasets;
  /** Its inputs. */
  readonly inputs: Inputs;
  /** Its models. */
  readonly models: Models;
  /** Its modules. */
  readonly modules: Modules;
  /** Its searches, those that were saved and those of the first API. */
  readonly searches: Searches;
  /** Its workflows. */
  readonly workflows: Workflows;
  readonly #context: ScopedContext;

  constructor(context: ResourceContext, { userId, appId }: Scope) {
    this.userId = userId;
    this.appId = appId;
    const scoped = withScope(context, { userId, appId });
    this.#context = scoped;
    this.annotations = new Annotations(scoped);
    this.concepts = new Concepts(scoped);
    this.datasets = new Datasets(scoped);
    this.inputs = new Inputs(scoped);
    this.models = new Models(scoped);
    this.modules = new Modules(scoped);
    this.searches = new Searches(scoped);
    this.workflows = new Workflows(scoped);
  }

  /** A dataset of the app by id, or any by clarifai.com URL, with a version if wanted. */
  dataset(dataset: ResourceRef): Dataset {
    return new Dataset(this.#context, resolveRef(dataset, 'dataset', this));
  }

  /** A model of the app by id, or any by clarifai.com URL, with a version if wanted. */
  model(model: ModelRef): Model {
    return new Model(this.#context, resolveRef(model, 'model', this));
  }

  /** A workflow of the app by id, or any by clarifai.com URL, with a version if wanted. */
  workflow(workflow: WorkflowRef): Workflow {
    return new Workflow(this.#context, resolveRef(workflow, 'workflow', this));
  }

  /** A module of the app by id, or any by clarifai.com URL. */
  module(module: ResourceRef): Module {
    return new Module(this.#context, resolveRef(module, 'module', this));
  }

  /**
   * Finds inputs: those that pass all filters, sorted by all ranks, best first. RPC: V2.PostInputsSearches.
   *
   * @throws InvalidRequestError for a query that is wrong, before anything is sent
   * @example
   * const hits = app.search({
   *   ranks: [{ image: 'https://samples.clarifai.com/metro-north.jpg' }],
   *   filters: [{ concepts: ['train'] }, { geo: { near: { latitude: 40.7, longitude: -74 }, within: 10 } }],
   *   topK: 20,
   * });
   * for await (const { score, input } of hits) console.log(score, input?.id);
   */
  search(query: SearchQuery, options: ListOptions = {}): Listing<SearchHit> {
    return this.searches.inputs(query, options);
  }

  /**
   * Reads what the service says of the app. RPC: V2.GetApp.
   *
   * @throws NotFoundError when there is no such app
   */
  async get(options: CallOptions = {}): Promise<AppInfo> {
    const { app } = await this.#context.invoke('GetApp', { userAppId: this.#context.userAppId }, options);
    return single(app, 'GetApp');
  }

  /**
   * Changes the app; fields that are not given stay. RPC: V2.PatchApp.
   *
   * @param options `action`: `'overwrite'` replaces what is given, `'merge'` adds to lists, `'remove'` takes out of them
   */
  async patch(fields: AppFields, options: PatchOptions = {}): Promise<AppInfo> {
    const { action, ...call } = readPatchOptions(options, 'overwrite');
    assertObject(fields, 'fields');
    const { baseWorkflow, ...rest } = fields;
    const app = { ...rest, id: this.appId, ...toDefaultWorkflow(baseWorkflow) };
    const answer = await this.#context.invoke('PatchApp', { userAppId: this.#context.userAppId, app, action }, call);
    return single(answer.app, 'PatchApp');
  }

  /**
   * Deletes the app with everything in it. RPC: V2.DeleteApp.
   *
   * @throws NotFoundError when there is no such app
   */
  async delete(options: CallOptions = {}): Promise<void> {
    await this.#context.invoke('DeleteApp', { userAppId: this.#context.userAppId }, options);
  }
}
