import type {
  DatasetInput as DatasetInputMessage,
  DatasetVersion as DatasetVersionMessage,
} from '../../generated/proto/clarifai/api/resources';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { ResolvedRef } from '../operations/resource-ref';
import { type Scope, toUserAppId } from '../operations/scope';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { ResourceContext } from './context';
import type { DatasetFields, DatasetInfo } from './datasets';
import { assertPatchAction, type PatchOptions } from './patch';

/** A version of a dataset as the service describes it. */
export type DatasetVersionInfo = Plain<DatasetVersionMessage>;

/** An input as a member of a dataset, as the service describes it. */
export type DatasetInputInfo = Plain<DatasetInputMessage>;

/** A dataset. Making the handle asks nothing of the service. */
export class Dataset {
  readonly id: string;
  readonly versionId: string | undefined;
  readonly #context: ResourceContext;
  readonly #scope: Scope;

  constructor(context: ResourceContext, { id, versionId, scope }: ResolvedRef) {
    this.id = id;
    this.versionId = versionId;
    this.#context = context;
    this.#scope = scope;
  }

  /**
   * Reads what the service says of the dataset. RPC: V2.GetDataset.
   *
   * @throws NotFoundError when the app has no such dataset
   */
  async get(options: CallOptions = {}): Promise<DatasetInfo> {
    const request = { userAppId: toUserAppId(this.#scope), datasetId: this.id };
    return single((await this.#context.invoke('GetDataset', request, options)).dataset, 'GetDataset');
  }

  /**
   * Changes the dataset; fields that are not given stay. RPC: V2.PatchDatasets.
   *
   * @param options.action default: `'overwrite'`
   */
  async patch(fields: DatasetFields, { action = 'overwrite', ...call }: PatchOptions = {}): Promise<DatasetInfo> {
    assertPatchAction(action);
    const request = { userAppId: toUserAppId(this.#scope), datasets: [{ ...fields, id: this.id }], action };
    return single((await this.#context.invoke('PatchDatasets', request, call)).datasets[0], 'PatchDatasets');
  }

  /** Lists the inputs of the dataset. RPC: V2.ListDatasetInputs. */
  listInputs(options: ListOptions = {}): Listing<DatasetInputInfo> {
    return listing(options, async (page, call) => {
      const request = { userAppId: toUserAppId(this.#scope), datasetId: this.id, ...page };
      return (await this.#context.invoke('ListDatasetInputs', request, call)).datasetInputs;
    });
  }
}
