import type { Search } from '../../generated/proto/clarifai/api/resources';
import { Search_Metric } from '../../generated/proto/clarifai/api/resources';
import {
  assertArray,
  assertInteger,
  assertNumber,
  assertObject,
  assertOneOf,
  assertString,
  invalidRequest,
} from '../base/assert';
import type { DeepPartial } from '../wire/codec';
import { type SearchFilter, toFilter } from './search-filter';
import { type SearchRank, toRank } from './search-rank';

/** What a search asks for: hits that pass all filters, sorted by all ranks. */
export interface SearchQuery {
  /** What hits are sorted by. */
  readonly ranks?: readonly SearchRank[] | undefined;
  /** What hits must be; all of them hold. */
  readonly filters?: readonly SearchFilter[] | undefined;
  /** How many hits at most, up to 10000; `null` goes on for as long as the service gives any. @default 10 */
  readonly topK?: number | null | undefined;
  /** How likeness is measured; `'cosine'` needs `algorithm: 'brute_force'`. @default 'euclidean' */
  readonly metric?: 'euclidean' | 'cosine' | undefined;
  /** @default 'nearest_neighbor' */
  readonly algorithm?: SearchAlgorithm | undefined;
  /** Least score of a hit, from 0 to 1. @default 0 */
  readonly minValue?: number | undefined;
  /** Language of concept names. @default the app's */
  readonly language?: string | undefined;
}

/** How hits are looked for. */
export type SearchAlgorithm = (typeof algorithms)[number];

const algorithms = ['nearest_neighbor', 'brute_force', 'avg_concept_brute_force'] as const;

const fields = [
  'ranks',
  'filters',
  'topK',
  'metric',
  'algorithm',
  'minValue',
  'language',
] as const satisfies readonly (keyof SearchQuery)[];

const metrics = { euclidean: Search_Metric.EUCLIDEAN_DISTANCE, cosine: Search_Metric.COSINE_DISTANCE } as const;

/** Hits when the caller does not say how many. */
const defaultTopK = 10;

/** Hits that the service gives of a search: "page * perPage cannot exceed 10000". An account may have more, with `null`. */
const maxTopK = 10_000;

/** A query that is right as far as can be told without reading files. */
export interface CheckedQuery {
  /** How many hits at most. */
  readonly topK: number;
  /** Builds its message, reading files. */
  readonly toSearch: () => Promise<DeepPartial<Search>>;
}

/** @throws InvalidRequestError naming the argument and the value; what is wrong with a rank, `toSearch` rejects with */
export function checkQuery(query: SearchQuery): CheckedQuery {
  assertObject(query, 'query', fields);
  const { ranks = [], filters = [], topK = defaultTopK, metric = 'euclidean', algorithm = 'nearest_neighbor' } = query;
  const { minValue, language } = query;
  assertArray(ranks, 'query.ranks', 'an array of ranks');
  assertArray(filters, 'query.filters', 'an array of filters');
  if (topK !== null) assertInteger(topK, 'query.topK', { min: 1, max: maxTopK });
  assertOneOf(metric, 'query.metric', ['euclidean', 'cosine']);
  assertOneOf(algorithm, 'query.algorithm', algorithms);
  if (metric === 'cosine' && algorithm === 'nearest_neighbor') {
    throw invalidRequest(
      "`query.metric` 'cosine' needs `query.algorithm` 'brute_force': the index knows euclidean distances",
    );
  }
  if (minValue !== undefined) assertNumber(minValue, 'query.minValue', { min: 0, max: 1 });
  if (language !== undefined) assertString(language, 'query.language', { nonEmpty: true });
  const checked = filters.map((filter, index) => toFilter(filter, `query.filters[${index}]`));
  const toSearch = async (): Promise<DeepPartial<Search>> => ({
    query: {
      ranks: await Promise.all(ranks.map((rank, index) => toRank(rank, `query.ranks[${index}]`))),
      filters: checked,
      ...(language !== undefined && { language }),
    },
    algorithm,
    metric: metrics[metric],
    ...(minValue !== undefined && { minValue }),
  });
  return { topK: topK ?? Infinity, toSearch };
}
