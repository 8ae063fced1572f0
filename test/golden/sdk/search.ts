import type { SearchQuery } from '../../../src/resources/search-query';
import type { ListOptions } from '../../../src/operations/listing';
import type { SdkBench, SdkCalls } from './sdk-calls';

const train = 'https://samples.clarifai.com/metro-north.jpg';

const searching =
  (query: SearchQuery, options?: ListOptions) =>
  ({ clarifai }: SdkBench): unknown =>
    clarifai.search(query, options).toArray();
const onePageOf =
  (query: SearchQuery, options?: ListOptions) =>
  ({ clarifai, onePage }: SdkBench): unknown =>
    onePage(clarifai.search(query, options));

export const searchCalls: SdkCalls = {
  'search/cosine': searching({ metric: 'cosine' }),
  'app.search/cosine': searching({ metric: 'cosine' }),
  'search.query/nothing': searching({}),
  'search.query/image_url-cosine': searching({
    topK: 1,
    metric: 'cosine',
    algorithm: 'brute_force',
    ranks: [{ image: 'https://samples.clarifai.com/dog.tiff' }],
  }),
  'search.query/rank-metadata': searching({ ranks: [{ metadata: { Breed: 'Saint Bernard' } }] }),
  'search.query/rank-two-keys': searching({ ranks: [{ image: train, text: 'dog' }] }),
  'search.query/filter-concepts-or': searching({
    filters: [{ concepts: [{ name: 'deer' }, { name: 'dog', value: 0 }] }],
  }),
  'search.query/filter-geo_point': searching({
    filters: [{ geo: { near: { longitude: -29, latitude: 40 }, within: 100 } }],
  }),
  'search.query/filter-geo_point-ints': searching({
    filters: [{ geo: { near: { longitude: -29, latitude: 40 }, within: 100 } }],
  }),
  'search.query/filter-geo_limit-float': searching({
    filters: [{ geo: { near: { longitude: -29, latitude: 40 }, within: 100.5 } }],
  }),
  'search.query/filter-input_types-all': searching({ filters: [{ kinds: ['image', 'text', 'audio', 'video'] }] }),
  'search.query/filter-input_dataset_ids': searching({ filters: [{ datasetIds: ['dataset-1', 'dataset-2'] }] }),
  'search.query/rank-and-filter': searching({ ranks: [{ image: train }], filters: [{ kinds: ['image'] }] }),
  'search.query/algorithm-brute_force': searching({ algorithm: 'brute_force', ranks: [{ image: train }] }),
  'search.query/top_k-1000': searching({ topK: 1000, ranks: [{ text: 'x' }] }),
  'search.query/pagination-all': searching({ topK: null, ranks: [{ text: 'x' }] }),
  'search.query/pagination-page': onePageOf({ topK: null, ranks: [{ text: 'x' }] }, { firstPage: 2, pageSize: 5 }),
  'search.query/pagination-page_no-only': onePageOf(
    { topK: null, ranks: [{ text: 'x' }] },
    { firstPage: 2, pageSize: 1000 },
  ),
  'search.query/failure': searching({}),
  'search.query/limit-exceeded-top_k': searching({ topK: 5 }),
  'search.query/limit-exceeded-pagination': searching({ topK: null }),
  'search.query/schema-concept-name-space': searching({ filters: [{ concepts: [{ name: 'saint bernard' }] }] }),
  'search.query/schema-concept-empty': searching({ filters: [{ concepts: [{}] }] }),
  'search.query/schema-ftp-url': searching({ ranks: [{ image: 'ftp://x/y.jpg' }] }),
  'search.query/schema-empty-text': searching({ ranks: [{ text: '' }] }),
  'search.query/filters-reused': async ({ clarifai }) => {
    const filters = [{ kinds: ['image' as const], concepts: [{ id: 'cat' }] }];
    await clarifai.search({ filters }).toArray();
    await clarifai.search({ filters }).toArray();
  },
};

export const searchesWithoutRequest: Readonly<Record<string, string>> = {
  'search/default': 'a search is a call here, not an object',
  'app.search/default': 'a search is a call here, not an object',
  'search/cosine-brute_force': 'a search is a call here, not an object',
  'search/bad-metric': 'the type refuses other metrics',
  'search/bad-algorithm': 'the type refuses other algorithms',
  'search/top_k-and-pagination': 'pages and topK go together here',
  'search.query/page-without-pagination': 'pages and topK go together here',
  'search.query/rank-input_types': 'the type refuses kinds of media in a rank',
  'search.query/schema-input-type': 'the type refuses other kinds of media',
  'search.query/schema-not-list': 'the type refuses an object for a list',
};
