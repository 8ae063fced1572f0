import type { Model as ModelMessage } from '../../generated/proto/clarifai/api/resources';
import type { ListModelsRequest } from '../../generated/proto/clarifai/api/service';
import { assertObject, assertString } from '../base/assert';
import { assertId } from '../base/id';
import { deleteAll } from '../operations/delete-all';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { assertConfirmed, isInApp } from '../operations/scope';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';

/** A model as the service describes it. */
export interface ModelInfo extends Plain<ModelMessage> {}

/** What a model is made of, besides its id. */
export type ModelFields = Omit<DeepPartial<ModelMessage>, 'id' | 'appId' | 'userId' | 'modelVersion'>;

/** Which models to list, and in which order. */
export interface ModelFilter extends Omit<DeepPartial<ListModelsRequest>, 'userAppId' | 'page' | 'perPage'> {
  /** Leaves out what the service lists besides the app's own, such as Clarifai's public models. @default true */
  readonly onlyInApp?: boolean | undefined;
}

/** What a search for models asks for. */
export interface ModelQuery {
  /** With `*` for any characters, such as `*general*`. */
  readonly name?: string | undefined;
  /** Such as `visual-classifier`. */
  readonly modelTypeId?: string | undefined;
}

/** The models of an app. */
export class Models {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /**
   * Lists the app's models. RPC: V2.ListModels. (The app `main` of the user `clarifai` holds Clarifai's own.)
   *
   * @example
   * for await (const model of app.models.list({ modelTypeId: 'visual-classifier' })) console.log(model.id);
   */
  list(filter: ModelFilter = {}, options: ListOptions = {}): Listing<ModelInfo> {
    assertObject(filter, 'filter');
    const { onlyInApp = true, ...asked } = filter;
    return listing(
      options,
      async (page, call) => {
        const request = { ...asked, userAppId: this.#context.userAppId, ...page };
        return (await this.#context.invoke('ListModels', request, call)).models;
      },
      { keep: (model) => !onlyInApp || isInApp(model, this.#context.scope) },
    );
  }

  /** Finds models by name or type: those of the app and Clarifai's own. RPC: V2.PostModelsSearches. */
  search(query: ModelQuery, options: ListOptions = {}): Listing<ModelInfo> {
    assertObject(query, 'query', ['name', 'modelTypeId']);
    if (query.name !== undefined) assertString(query.name, 'query.name', { nonEmpty: true });
    return listing(options, async (pagination, call) => {
      const request = { userAppId: this.#context.userAppId, modelQuery: query, pagination };
      return (await this.#context.invoke('PostModelsSearches', request, call)).models;
    });
  }

  /**
   * Makes a model; it has no version until it is trained or given one. RPC: V2.PostModels, which is not repeated after a
   * failure that may have made it.
   *
   * @throws AlreadyExistsError when the app has a model with this id
   * @example
   * await app.models.create('locomotives', { modelTypeId: 'visual-classifier' });
   */
  async create(modelId: string, fields: ModelFields = {}, options: CallOptions = {}): Promise<ModelInfo> {
    assertId(modelId, 'modelId');
    assertObject(fields, 'fields');
    const request = { userAppId: this.#context.userAppId, models: [{ ...fields, id: modelId }] };
    return single((await this.#context.invoke('PostModels', request, options)).model, 'PostModels');
  }

  /**
   * Deletes models with their versions. RPC: V2.DeleteModels, with at most 128 ids a request.
   *
   * @throws InvalidRequestError for an empty list: nothing is deleted that was not named
   */
  async delete(modelIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    await deleteInChunks(modelIds, 'modelIds', (ids) =>
      this.#context.invoke('DeleteModels', { userAppId, ids }, options),
    );
  }

  /**
   * Deletes all models of the app with their versions, and resolves with how many they were. There is no way back. RPCs:
   * V2.ListModels, V2.DeleteModels.
   *
   * @param options `confirm`: the id of the app, so that it is not another one that is emptied
   */
  async deleteAll(options: CallOptions & { readonly confirm: string }): Promise<number> {
    assertObject(options, 'options', undefined, { hideValue: true });
    const { confirm, ...call } = options;
    assertConfirmed(confirm, this.#context.scope);
    return deleteAll(this.list({}, call), (ids) => this.delete(ids, call));
  }
}
