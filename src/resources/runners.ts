import type { Runner as RunnerMessage } from '../../generated/proto/clarifai/api/resources';
import type { ListRunnersRequest } from '../../generated/proto/clarifai/api/service';
import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';

/** A runner as the service describes it. */
export interface RunnerInfo extends Plain<RunnerMessage> {}

/** What a runner is made of, besides its id. */
export type RunnerFields = Omit<DeepPartial<RunnerMessage>, 'id'>;

/** Where a runner belongs: a nodepool of a compute cluster; older runners belong to the user alone. */
export interface RunnerPlace {
  /** The nodepool. */
  readonly nodepoolId?: string | undefined;
  /** The compute cluster that the nodepool is of. */
  readonly computeClusterId?: string | undefined;
}

/** Which runners to list. */
export type RunnerFilter = Omit<DeepPartial<ListRunnersRequest>, 'userAppId' | 'page' | 'perPage'>;

/** The runners of a user: programs that answer predictions on machines of the user's own. */
export class Runners {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /** Lists the user's runners. RPC: V2.ListRunners. */
  list(filter: RunnerFilter = {}, options: ListOptions = {}): Listing<RunnerInfo> {
    return listing(options, async (page, call) => {
      const request = { ...filter, userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListRunners', request, call)).runners;
    });
  }

  /**
   * Reads a runner. RPC: V2.GetRunner.
   *
   * @throws NotFoundError when there is no such runner
   */
  async get(runnerId: string, place: RunnerPlace = {}, options: CallOptions = {}): Promise<RunnerInfo> {
    assertId(runnerId, 'runnerId');
    const request = { userAppId: this.#context.userAppId, runnerId, ...checked(place) };
    return single((await this.#context.invoke('GetRunner', request, options)).runner, 'GetRunner');
  }

  /**
   * Makes a runner. RPC: V2.PostRunners, which is not repeated after a failure that may have made it.
   *
   * @example
   * await clarifai.user().runners.create('laptop', { labels: ['at home'], description: 'laptop runner' });
   */
  async create(
    runnerId: string,
    fields: RunnerFields & RunnerPlace = {},
    options: CallOptions = {},
  ): Promise<RunnerInfo> {
    assertId(runnerId, 'runnerId');
    assertObject(fields, 'fields');
    const { nodepoolId, computeClusterId, ...runner } = fields;
    const place = checked({ nodepoolId, computeClusterId });
    const request = { userAppId: this.#context.userAppId, runners: [{ ...runner, id: runnerId }], ...place };
    return single((await this.#context.invoke('PostRunners', request, options)).runners[0], 'PostRunners');
  }

  /**
   * Deletes runners. RPC: V2.DeleteRunners, with at most 128 ids a request.
   *
   * @throws InvalidRequestError for an empty list: nothing is deleted that was not named
   */
  async delete(runnerIds: readonly string[], place: RunnerPlace = {}, options: CallOptions = {}): Promise<void> {
    const where = checked(place);
    await deleteInChunks(runnerIds, 'runnerIds', (ids) =>
      this.#context.invoke('DeleteRunners', { userAppId: this.#context.userAppId, ids, ...where }, options),
    );
  }
}

function checked(place: RunnerPlace): RunnerPlace {
  assertObject(place, 'place', ['nodepoolId', 'computeClusterId']);
  if (place.nodepoolId !== undefined) assertId(place.nodepoolId, 'nodepoolId');
  if (place.computeClusterId !== undefined) assertId(place.computeClusterId, 'computeClusterId');
  return place;
}
