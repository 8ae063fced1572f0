import type { Dataset as DatasetMessage } from '../../generated/proto/clarifai/api/resources';
import type { ListDatasetsRequest } from '../../generated/proto/clarifai/api/service';
import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';

/** A dataset as the service describes it. */
export interface DatasetInfo extends Plain<DatasetMessage> {}

/** What a dataset is made of, besides its id. */
export type DatasetFields = Omit<DeepPartial<DatasetMessage>, 'id' | 'appId' | 'userId'>;

/** Which datasets to list, and in which order. */
export type DatasetFilter = Omit<DeepPartial<ListDatasetsRequest>, 'userAppId' | 'page' | 'perPage'>;

/** The datasets of an app. */
export class Datasets {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /** Lists the app's datasets. RPC: V2.ListDatasets. */
  list(filter: DatasetFilter = {}, options: ListOptions = {}): Listing<DatasetInfo> {
    return listing(options, async (page, call) => {
      const request = { ...filter, userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListDatasets', request, call)).datasets;
    });
  }

  /**
   * Makes a dataset. RPC: V2.PostDatasets, which is not repeated after a failure that may have made it.
   *
   * @throws AlreadyExistsError when the app has a dataset with this id
   * @example
   * await app.datasets.create('trains', { description: 'Locomotives', metadata: { source: 'archive' } });
   */
  async create(datasetId: string, fields: DatasetFields = {}, options: CallOptions = {}): Promise<DatasetInfo> {
    assertId(datasetId, 'datasetId');
    assertObject(fields, 'fields');
    const request = { userAppId: this.#context.userAppId, datasets: [{ ...fields, id: datasetId }] };
    return single((await this.#context.invoke('PostDatasets', request, options)).datasets[0], 'PostDatasets');
  }

  /**
   * Deletes datasets; their inputs stay in the app. RPC: V2.DeleteDatasets, with at most 128 ids a request.
   *
   * @throws InvalidRequestError for an empty list: nothing is deleted that was not named
   */
  async delete(datasetIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    await deleteInChunks(datasetIds, 'datasetIds', (ids) =>
      this.#context.invoke('DeleteDatasets', { userAppId, datasetIds: ids }, options),
    );
  }
}
