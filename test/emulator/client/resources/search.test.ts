import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlreadyExistsError, NotFoundError } from '../../../../src/base/errors';
import { StatusCode } from '../../../../generated/proto/clarifai/api/status/status_code';
import { throwIfFailed } from '../../../../src/operations/outcome';
import type { SearchHit } from '../../../../src/resources/searches';
import type { SearchQuery } from '../../../../src/resources/search-query';
import { type Bench, startBench, picture } from './harness';

async function idsOf(hits: AsyncIterable<SearchHit>): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for await (const { input } of hits) ids.push(input?.id);
  return ids;
}

const rome = { latitude: 41.9, longitude: 12.5 };
const paris = { latitude: 48.85, longitude: 2.35 };

async function benchWithInputs(): Promise<Bench> {
  const bench = await startBench({ storeBytes: true });
  await bench.clarifai.app().datasets.create('warm');
  throwIfFailed(
    await bench.clarifai.inputs.add([
      {
        id: 'red',
        image: picture(250, 10, 10),
        concepts: ['stop'],
        metadata: { tone: { hue: 'red' } },
        geo: rome,
        datasetIds: ['warm'],
      },
      { id: 'orange', image: picture(250, 120, 10), concepts: [{ id: 'stop', value: 0 }], datasetIds: ['warm'] },
      { id: 'blue', image: picture(10, 10, 250), metadata: { tone: { hue: 'blue' } }, geo: paris },
      { id: 'prose', text: 'a story of a red house' },
    ]),
  );
  bench.emulator.advance(10_000);
  return bench;
}

test('hits are sorted by likeness to a picture, given as bytes, as a file or as an input of the app', async () => {
  await using bench = await benchWithInputs();
  const folder = mkdtempSync(join(tmpdir(), 'search-'));
  try {
    const file = join(folder, 'red.png');
    writeFileSync(file, picture(250, 10, 10));
    const filters = [{ kinds: ['image' as const] }];
    for (const rank of [{ image: picture(250, 10, 10) }, { image: { file } }, { inputId: 'red' }]) {
      const hits = await bench.clarifai.search({ ranks: [rank], filters }).toArray();
      expect(hits.map(({ input }) => input?.id)).toEqual(['red', 'orange', 'blue']);
      expect(hits[0]?.score).toBeGreaterThan(hits[2]?.score ?? 1);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each<[string, SearchQuery, string[]]>([
  ['a concept', { filters: [{ concepts: ['stop'] }] }, ['red']],
  ['a concept that is not there', { filters: [{ concepts: [{ id: 'stop', value: 0 }] }] }, ['orange']],
  ['one of several concepts', { filters: [{ concepts: ['stop', { id: 'stop', value: 0 }] }] }, ['orange', 'red']],
  ['nested metadata', { filters: [{ metadata: { tone: { hue: 'blue' } } }] }, ['blue']],
  ['a circle', { filters: [{ geo: { near: rome, within: 100 } }] }, ['red']],
  ['a circle in miles', { filters: [{ geo: { near: rome, within: 1000, unit: 'miles' } }] }, ['blue', 'red']],
  [
    'a box',
    {
      filters: [
        {
          geo: {
            box: [
              { latitude: 50, longitude: 0 },
              { latitude: 45, longitude: 5 },
            ],
          },
        },
      ],
    },
    ['blue'],
  ],
  ['a dataset', { filters: [{ datasetIds: ['warm'] }] }, ['orange', 'red']],
  ['a medium', { filters: [{ kinds: ['text'] }] }, ['prose']],
  ['a status', { filters: [{ statusCode: StatusCode.INPUT_DOWNLOAD_PENDING }] }, []],
  ['everything but', { filters: [{ kinds: ['image'] }, { datasetIds: ['warm'], negate: true }] }, ['blue']],
])('inputs are found by %s', async (_by, query, ids) => {
  await using bench = await benchWithInputs();
  expect((await idsOf(bench.clarifai.search(query))).sort()).toEqual(ids);
});

test('a text ranks what means it first', async () => {
  await using bench = await benchWithInputs();
  const [best] = await idsOf(bench.clarifai.search({ ranks: [{ text: 'red house' }], filters: [{ kinds: ['text'] }] }));
  expect(best).toBe('prose');
});

test('more hits than a page holds come once each, in pages of one size', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  const items = Array.from({ length: 30 }, (_, index) => ({ id: `input-${index}`, text: `text ${index}` }));
  throwIfFailed(await clarifai.inputs.add(items));
  emulator.advance(10_000);
  const ids = await idsOf(clarifai.search({ topK: 25 }, { pageSize: 10 }));
  expect(ids).toHaveLength(25);
  expect(new Set(ids).size).toBe(25);
  const asked = emulator.requests({ method: 'PostInputsSearches' }).map(({ request }) => request?.pagination);
  expect(asked).toEqual([1, 2, 3].map((page) => expect.objectContaining({ page, perPage: 10 })));
});

test('ten hits come unless the caller says how many; null goes on to the last', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  throwIfFailed(await clarifai.inputs.add(Array.from({ length: 13 }, (_, index) => ({ text: `text ${index}` }))));
  emulator.advance(10_000);
  expect(await idsOf(clarifai.search({}))).toHaveLength(10);
  expect(await idsOf(clarifai.search({ topK: null }))).toHaveLength(13);
});

test('a search is counted, saved, listed, run and deleted', async () => {
  await using bench = await benchWithInputs();
  const { searches } = bench.clarifai.app();
  const query = { filters: [{ datasetIds: ['warm'] }] };
  expect(await searches.count(query)).toBe(2);
  await searches.save('warm-ones', { ...query, name: 'Warm ones' });
  await expect(searches.save('warm-ones', query)).rejects.toThrow(AlreadyExistsError);
  expect(await searches.get('warm-ones')).toMatchObject({ id: 'warm-ones', name: 'Warm ones' });
  expect((await searches.list().toArray()).map(({ id }) => id)).toEqual(['warm-ones']);
  expect((await idsOf(searches.run('warm-ones'))).sort()).toEqual(['orange', 'red']);
  await searches.delete('warm-ones');
  await expect(searches.get('warm-ones')).rejects.toThrow(NotFoundError);
});

test('a search of annotations gives one hit an annotation', async () => {
  await using bench = await benchWithInputs();
  const { clarifai } = bench;
  const box = { left: 0, top: 0, right: 0.5, bottom: 0.5 };
  throwIfFailed(
    await clarifai.annotations.create(['one', 'two'].map((id) => ({ id, inputId: 'blue', box, concepts: ['corner'] }))),
  );
  const hits = await clarifai
    .app()
    .searches.annotations({ filters: [{ concepts: ['corner'] }] })
    .toArray();
  expect(hits.map(({ annotation }) => annotation?.id).sort()).toEqual(['one', 'two']);
});

test('the terms of the first API find and rank', async () => {
  await using bench = await benchWithInputs();
  const { searches } = bench.clarifai.app();
  expect(await idsOf(searches.legacy([{ annotatedConcept: { id: 'stop' } }]))).toEqual(['red']);
  expect(await idsOf(searches.legacy([{ metadata: { tone: { hue: 'blue' } } }]))).toEqual(['blue']);
  expect(await idsOf(searches.legacy([{ geo: { near: rome, within: 10, unit: 'miles' } }]))).toEqual(['red']);
  expect((await idsOf(searches.legacy([{ image: picture(250, 10, 10) }])))[0]).toBe('red');
  expect((await idsOf(searches.legacy([{ inputId: 'blue' }])))[0]).toBe('blue');
});

test.each<[SearchQuery, string]>([
  [{ topK: 0 }, 'Expected `query.topK` to be an integer from 1 to 10000, got `0` (number)'],
  [{ topK: 10_001 }, 'Expected `query.topK` to be an integer from 1 to 10000, got `10001` (number)'],
  [{ metric: 'cosine' }, "`query.metric` 'cosine' needs `query.algorithm` 'brute_force'"],
  [{ minValue: 2 }, 'Expected `query.minValue` to be a number from 0 to 1'],
  [{ filters: [{}] }, 'Expected `query.filters[0]` to be a filter with concepts'],
  [{ filters: [{ concepts: [{}] }] }, 'Expected `query.filters[0].concepts[0]` to be a concept with an id or a name'],
  [
    { filters: [{ geo: { near: { latitude: 100, longitude: 0 }, within: 1 } }] },
    '`query.filters[0].geo.near.latitude` to be a number from -90 to 90',
  ],
])('%j is refused when the search is made', async (query, message) => {
  await using bench = await startBench();
  expect(() => bench.clarifai.search(query)).toThrow(message);
});

test.each<[SearchQuery, string]>([
  [{ ranks: [{}] }, 'Expected `query.ranks[0]` to be something to rank by'],
  [{ ranks: [{ text: '' }] }, 'Expected `query.ranks[0].text` to be a non-empty string'],
  [{ ranks: [{ image: 'ftp://x/y.jpg' }] }, 'Expected `query.ranks[0].image` to be a URL that begins with http'],
  [
    { ranks: [{ image: { file: 'no/such/file.png' } }] },
    'Expected `query.ranks[0].image.file` to be a file that can be read',
  ],
])('%j is refused before the search is sent', async (query, message) => {
  await using bench = await startBench();
  await expect(bench.clarifai.search(query).toArray()).rejects.toThrow(message);
  expect(bench.emulator.requests()).toHaveLength(0);
});
