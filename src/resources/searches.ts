import type { Hit, Search as SearchMessage } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { type Listing, listing, type ListOptions, type PageRequest } from '../operations/listing';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { ScopedContext } from './context';
import { type LegacyTerm, toAnd } from './legacy-search';
import { checkQuery, type CheckedQuery, type SearchQuery } from './search-query';

/** One result of a search: an input, the annotation that matched, and how well. */
export interface SearchHit extends Plain<Hit> {}

/** A saved search as the service describes it. */
export interface SearchInfo extends Plain<SearchMessage> {}

/** Hits that a page holds at most. */
const maxPageSize = 1000;

/** Searches of an app's inputs, and those that were saved there. */
export class Searches {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /** Finds inputs. See `App.search`. RPC: V2.PostInputsSearches. */
  inputs(query: SearchQuery, options: ListOptions = {}): Listing<SearchHit> {
    return this.#hits('PostInputsSearches', query, options);
  }

  /** Finds annotations: each that matches is a hit, where `inputs` gives one hit an input. RPC: V2.PostAnnotationsSearches. */
  annotations(query: SearchQuery, options: ListOptions = {}): Listing<SearchHit> {
    return this.#hits('PostAnnotationsSearches', query, options);
  }

  /** Counts the inputs that a search finds, as the service estimates it. RPC: V2.PostInputsSearches with `only_count`. */
  async count(query: SearchQuery, options: CallOptions = {}): Promise<number> {
    const searches = [await checkQuery(query).toSearch()];
    const request = { userAppId: this.#context.userAppId, searches, onlyCount: true };
    const { hitCounts } = await this.#context.invoke('PostInputsSearches', request, options);
    return hitCounts.reduce((sum, count) => sum + count.estimatedTotal.toNumber(), 0);
  }

  /**
   * Saves a search in the app without running it. RPC: V2.PostInputsSearches with `save`.
   *
   * @throws AlreadyExistsError when the app has a saved search with this id
   * @example
   * await app.searches.save('night-trains', { filters: [{ concepts: ['night'] }] });
   */
  async save(
    searchId: string,
    query: SearchQuery & { readonly name?: string | undefined },
    options: CallOptions = {},
  ): Promise<void> {
    assertId(searchId, 'searchId');
    assertObject(query, 'query');
    const { name, ...rest } = query;
    const search = {
      ...(await checkQuery(rest).toSearch()),
      id: searchId,
      save: true,
      ...(name !== undefined && { name }),
    };
    await this.#context.invoke(
      'PostInputsSearches',
      { userAppId: this.#context.userAppId, searches: [search] },
      options,
    );
  }

  /** Lists the saved searches. RPC: V2.ListSearches. */
  list(options: ListOptions = {}): Listing<SearchInfo> {
    return listing(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListSearches', request, call)).searches;
    });
  }

  /**
   * Reads a saved search. RPC: V2.GetSearch.
   *
   * @throws NotFoundError when the app has no such search
   */
  async get(searchId: string, options: CallOptions = {}): Promise<SearchInfo> {
    assertId(searchId, 'searchId');
    const request = { userAppId: this.#context.userAppId, id: searchId };
    return single((await this.#context.invoke('GetSearch', request, options)).search, 'GetSearch');
  }

  /** Runs a saved search; all hits, page by page. RPC: V2.PostSearchesByID. */
  run(searchId: string, options: ListOptions = {}): Listing<SearchHit> {
    assertId(searchId, 'searchId');
    return listing<Hit>(options, async (pagination, call) => {
      const request = { userAppId: this.#context.userAppId, id: searchId, pagination };
      return (await this.#context.invoke('PostSearchesByID', request, call)).hits;
    });
  }

  /** Deletes a saved search. RPC: V2.DeleteSearch. */
  async delete(searchId: string, options: CallOptions = {}): Promise<void> {
    assertId(searchId, 'searchId');
    await this.#context.invoke('DeleteSearch', { userAppId: this.#context.userAppId, id: searchId }, options);
  }

  /**
   * Runs a search in the terms of the first API: all terms must match; those on predictions and pictures rank. New programs
   * use `inputs`. RPC: V2.PostSearches.
   *
   * @example
   * app.searches.legacy([{ annotatedConcept: 'train' }, { predictedConcept: { name: 'nuit', language: 'fr' } }]);
   */
  legacy(terms: readonly LegacyTerm[], options: ListOptions & { readonly language?: string } = {}): Listing<SearchHit> {
    assertObject(options, 'options', undefined, { hideValue: true });
    const { language, ...list } = options;
    assertArray(terms, 'terms', 'an array of terms');
    const ands = terms.map((term, index) => toAnd(term, `terms[${index}]`));
    return listing<Hit>(list, async (pagination, call) => {
      const query = { ands: await Promise.all(ands), ...(language !== undefined && { language }) };
      const request = { userAppId: this.#context.userAppId, query, pagination };
      return (await this.#context.invoke('PostSearches', request, call)).hits;
    });
  }

  #hits(
    method: 'PostInputsSearches' | 'PostAnnotationsSearches',
    query: SearchQuery,
    options: ListOptions,
  ): Listing<SearchHit> {
    assertObject(options, 'options', undefined, { hideValue: true });
    const { firstPage = 1, pageSize } = options;
    const { topK, toSearch } = checkQuery(query);
    // All pages are of one size: the service counts pages in units of it, so that a shorter last one would be another one.
    const perPage = pageSize ?? (topK < Infinity ? Math.min(topK, maxPageSize) : undefined);
    let search: ReturnType<CheckedQuery['toSearch']> | undefined;
    return listing<Hit>({ ...options, pageSize: perPage }, async (pagination: PageRequest, call) => {
      const left = topK - (pagination.page - firstPage) * (perPage ?? 0);
      if (left <= 0) return [];
      search ??= toSearch();
      const request = { userAppId: this.#context.userAppId, searches: [await search], pagination };
      return (await this.#context.invoke(method, request, call)).hits.slice(0, left);
    });
  }
}
