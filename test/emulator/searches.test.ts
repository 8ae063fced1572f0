import { PNG } from 'pngjs';
import type { Filter, Input, Rank, Search } from '../../generated/proto/clarifai/api/resources';
import { createManualClock } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({
    clock: createManualClock(),
    lifecycle: { pendingMs: 100, inProgressMs: 100, deleteLagMs: 100 },
    storeBytes: true,
  });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const url = (name: string) => `https://samples.clarifai.com/${name}.jpg`;

/** A picture of one colour over another. */
function picture(upper: readonly number[], lower: readonly number[], size = 64): Buffer {
  const png = new PNG({ width: size, height: size });
  for (let at = 0; at < size * size; at++) png.data.set([...(at < (size * size) / 2 ? upper : lower), 255], at * 4);
  return PNG.sync.write(png);
}

async function post(inputs: readonly DeepPartial<Input>[]) {
  const answer = await harness.client.call('PostInputs', { userAppId: harness.userAppId, inputs });
  expect(answer.status?.code).toBe(10000);
  harness.emulator.advance(200);
}

type Query = { filters?: readonly DeepPartial<Filter>[]; ranks?: readonly DeepPartial<Rank>[]; language?: string };

async function search(query: Query, more: DeepPartial<Search> = {}, pagination?: { page: number; perPage: number }) {
  const searches = [{ query, ...more }];
  return harness.client.call('PostInputsSearches', { userAppId: harness.userAppId, searches, pagination });
}

async function ids(query: Query, more: DeepPartial<Search> = {}) {
  const answer = await search(query, more);
  expect(answer.status?.code).toBe(10000);
  return answer.hits.map(({ input }) => input?.id);
}

const by = (data: object): DeepPartial<Filter> & DeepPartial<Rank> => ({ annotation: { data } });

describe('filters', () => {
  beforeEach(async () => {
    await harness.client.call('PostDatasets', { userAppId: harness.userAppId, datasets: [{ id: 'd' }, { id: 'e' }] });
    await post([
      {
        id: 'dog',
        datasetIds: ['d'],
        data: {
          image: { url: url('dog') },
          concepts: [
            { id: 'dog-id', name: 'my dog', value: 1 },
            { id: 'cat-id', value: 0 },
          ],
          metadata: { some: 'value', nested: { inner: 'x', list: [1, 2, { deep: true }] } },
          geo: { geoPoint: { longitude: 44, latitude: 55 } },
        },
      },
      {
        id: 'cat',
        datasetIds: ['e'],
        data: {
          image: { url: url('cat') },
          concepts: [{ id: 'cat-id', value: 1 }],
          metadata: { some: 'other' },
          geo: { geoPoint: { longitude: -73.98, latitude: 40.75 } },
        },
      },
      { id: 'text', data: { text: { raw: 'a black cat on a mat' } } },
      { id: 'bad', data: { image: { url: 'https://host.invalid/x.jpg' }, concepts: [{ id: 'cat-id', value: 1 }] } },
    ]);
  });

  it.each<[string, readonly DeepPartial<Filter>[], readonly string[]]>([
    ['a concept by id', [by({ concepts: [{ id: 'dog-id', value: 1 }] })], ['dog']],
    ['a concept by name', [by({ concepts: [{ name: 'my dog', value: 1 }] })], ['dog']],
    ['a concept by a pattern', [by({ concepts: [{ name: '*dog', value: 1 }] })], ['dog']],
    ['a concept that is said to be absent', [by({ concepts: [{ id: 'cat-id', value: 0 }] })], ['dog']],
    [
      'any of several concepts',
      [by({ concepts: ['dog-id', 'cat-id'].map((id) => ({ id, value: 1 })) })],
      ['dog', 'cat'],
    ],
    ['a concept that is not there', [by({ concepts: [{ id: 'nothing', value: 1 }] })], []],
    ['nested metadata', [by({ metadata: { nested: { inner: 'x' } } })], ['dog']],
    ['items of a list in metadata', [by({ metadata: { nested: { list: [2, { deep: true }] } } })], ['dog']],
    ['any of several keys of metadata', [by({ metadata: { some: 'other', nested: { inner: 'x' } } })], ['dog', 'cat']],
    ['metadata that is almost right', [by({ metadata: { nested: { inner: 'y' } } })], []],
    ['any of several kinds', [{ input: { data: { image: {}, text: {} } } }], ['dog', 'cat', 'text']],
    ['one kind', [{ input: { data: { text: {} } } }], ['text']],
    ['any of several datasets', [{ input: { datasetIds: ['d', 'nowhere'] } }], ['dog']],
    ['an unknown dataset', [{ input: { datasetIds: ['nowhere'] } }], []],
    ['a status', [{ input: { status: { code: 30002 } } }], ['bad']],
    ['two filters', [by({ metadata: { some: 'value' } }), { input: { datasetIds: ['e'] } }], []],
    ['the opposite of a filter', [{ ...by({ metadata: { some: 'value' } }), negate: true }], ['cat', 'text']],
    [
      'a distance in kilometers',
      [by({ geo: { geoPoint: { longitude: 43, latitude: 56 }, geoLimit: { value: 150, type: 'withinKilometers' } } })],
      ['dog'],
    ],
    [
      'a distance in kilometers that is too short by a few',
      [by({ geo: { geoPoint: { longitude: 43, latitude: 56 }, geoLimit: { value: 125, type: 'withinKilometers' } } })],
      [],
    ],
    [
      'a distance in miles',
      [by({ geo: { geoPoint: { longitude: -74, latitude: 40.7 }, geoLimit: { value: 5, type: 'withinMiles' } } })],
      ['cat'],
    ],
    [
      'a box between two corners',
      [by({ geo: { geoBox: [45, 43].map((longitude) => ({ geoPoint: { longitude, latitude: longitude + 11 } })) } })],
      ['dog'],
    ],
  ])('find inputs by %s', async (_, filters, expected) => {
    expect(await ids({ filters })).toEqual(expected);
  });

  it('count without hits when asked to', async () => {
    const { hits, hitCounts } = await harness.client.call('PostInputsSearches', {
      userAppId: harness.userAppId,
      searches: [{ query: { filters: [{ input: { data: { image: {} } } }] } }],
      onlyCount: true,
    });
    expect(hits).toEqual([]);
    expect(hitCounts.map(({ estimatedTotal }) => Number(estimatedTotal))).toEqual([2]);
  });

  it('find inputs by what was annotated later, and annotations only when one has it all', async () => {
    const region = (id: string) => ({
      inputId: 'cat',
      data: {
        regions: [
          { regionInfo: { boundingBox: { bottomRow: 0.5, rightCol: 1 } }, data: { concepts: [{ id, value: 1 }] } },
        ],
      },
    });
    await harness.client.call('PostAnnotations', {
      userAppId: harness.userAppId,
      annotations: [region('palm'), region('water')],
    });
    const filters = ['palm', 'water'].map((id) => by({ concepts: [{ id, value: 1 }] }));
    expect(await ids({ filters })).toEqual(['cat']);
    const annotations = async (wanted: readonly DeepPartial<Filter>[]) => {
      const searches = [{ query: { filters: wanted } }];
      const answer = await harness.client.call('PostAnnotationsSearches', { userAppId: harness.userAppId, searches });
      return answer.hits;
    };
    const [first, ...others] = await annotations(filters.slice(0, 1));
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      score: 1,
      input: { id: 'cat' },
      annotation: {
        inputId: 'cat',
        data: { regions: [{ data: { concepts: [{ id: 'palm', appId: 'emulator-app' }] } }] },
      },
    });
    expect(await annotations(filters)).toEqual([]);
    expect(await annotations([by({ regions: [{ regionInfo: { boundingBox: {} } }] })])).toHaveLength(2);
    expect(await annotations([by({ regions: [{ regionInfo: { polygon: {} } }] })])).toEqual([]);
  });

  it('are understood in the legacy form, too', async () => {
    const legacy = async (ands: object[]) => {
      const answer = await harness.client.call('PostSearches', { userAppId: harness.userAppId, query: { ands } });
      expect(answer.status?.code).toBe(10000);
      return answer.hits.map(({ input }) => input?.id);
    };
    expect(await legacy([{ input: { data: { concepts: [{ id: 'dog-id', value: 1 }] } } }])).toEqual(['dog']);
    expect(await legacy([{ input: { data: { image: { url: url('cat') } } } }])).toEqual(['cat']);
    expect(await legacy([{ input: { data: { metadata: { some: 'value' } } }, negate: true }])).toEqual(['cat', 'text']);
    expect((await legacy([{ output: { data: { concepts: [{ name: 'dog', value: 1 }] } } }])).sort()).toEqual([
      'cat',
      'dog',
    ]);
    const likeCat = { output: { input: { data: { image: { url: url('cat') } } } } };
    expect(await legacy([likeCat])).toEqual(['cat', 'dog']);
    const near = { input: { data: { geo: { geoPoint: { longitude: 44, latitude: 55 }, geoLimit: { value: 1 } } } } };
    expect(await legacy([likeCat, near])).toEqual(['dog']);
  });
});

describe('ranks', () => {
  it('put pictures that look alike first, whatever their size and format', async () => {
    const [red, blue, green] = [
      [200, 30, 30],
      [30, 30, 200],
      [30, 200, 30],
    ] as const;
    await post(
      [
        { id: 'photo', data: { image: { base64: photograph() } } },
        { id: 'green', data: { image: { base64: picture(green, green) } } },
        { id: 'red over blue', data: { image: { base64: picture(red, blue) } } },
      ].map(({ id, data }) => ({ id: id.replaceAll(' ', '-'), data })),
    );
    const like = async (image: Buffer, metric = {}) => {
      const { hits } = await search({ ranks: [by({ image: { base64: image } })] }, metric);
      return hits.map(({ input, score }) => [input?.id, score] as const);
    };
    const [first, second] = await like(picture([210, 40, 40], [40, 40, 210], 100));
    expect(first?.[0]).toBe('red-over-blue');
    expect(first?.[1]).toBeGreaterThan(0.9);
    expect(second?.[1]).toBeLessThan(0.8);
    const [same] = await like(photograph());
    expect(same?.[0]).toBe('photo');
    expect(same?.[1]).toBeCloseTo(1, 3);
    const cosine = await like(photograph(), { metric: 2, algorithm: 'brute_force' });
    expect(cosine[0]).toEqual(['photo', expect.closeTo(1, 3)]);
  });

  it('put pictures that look alike first when their bytes are not kept, too', async () => {
    await using lean = await startHarness({ lifecycle: { pendingMs: 0, inProgressMs: 0 } });
    const colors = { red: [200, 30, 30], blue: [30, 30, 200], green: [30, 200, 30] };
    const inputs = Object.entries(colors).map(([id, color]) => ({
      id,
      data: { image: { base64: picture(color, color) } },
    }));
    await lean.client.call('PostInputs', { userAppId: lean.userAppId, inputs });
    for (const [id, color] of Object.entries(colors)) {
      const lighter = color.map((value) => value + 20);
      const searches = [{ query: { ranks: [by({ image: { base64: picture(lighter, lighter, 100) } })] } }];
      const { hits } = await lean.client.call('PostInputsSearches', { userAppId: lean.userAppId, searches });
      expect(hits).toHaveLength(3);
      expect(hits[0]?.input?.id).toBe(id);
      expect(hits[0]?.score).toBeGreaterThan(0.8);
      expect(hits[1]?.score).toBeLessThan(0.8);
    }
  });

  it('find the same URL again, and seeded bytes behind it', async () => {
    harness.emulator.url(url('seeded'), photograph());
    await post(['one', 'two', 'seeded'].map((id) => ({ id, data: { image: { url: url(id) } } })));
    expect((await ids({ ranks: [by({ image: { url: url('two') } })] }))[0]).toBe('two');
    expect((await ids({ ranks: [by({ image: { base64: photograph() } })] }))[0]).toBe('seeded');
    expect((await ids({ ranks: [{ annotation: { inputId: 'one' } }] }))[0]).toBe('one');
    expect((await ids({ ranks: [{ annotation: { inputId: 'one' }, negate: true }] })).at(-1)).toBe('one');
  });

  it('take the embedding that the embedding model gave', async () => {
    await post(['one', 'two'].map((id) => ({ id, data: { image: { url: url(id) } } })));
    const { outputs } = await harness.client.call('PostModelOutputs', {
      userAppId: harness.userAppId,
      modelId: 'general-image-embedding',
      inputs: [{ data: { image: { url: url('two') } } }],
    });
    const embeddings = outputs[0]?.data?.embeddings.map(({ vector }) => ({ vector }));
    const { hits } = await search({ ranks: [by({ embeddings })] });
    expect(hits[0]).toMatchObject({ input: { id: 'two' }, score: expect.closeTo(1, 3) });
    expect((await search({ ranks: [by({ embeddings: [{ vector: [1, 2] }] })] })).status?.code).toBe(40002);
  });

  it('go by what the general model predicts, in any language it knows', async () => {
    await post(['one', 'two', 'three'].map((id) => ({ id, data: { image: { url: url(id) } } })));
    const predicted = async (id: string) => {
      const { outputs } = await harness.client.call('PostModelOutputs', {
        userAppId: harness.userAppId,
        modelId: 'general-image-recognition',
        inputs: [{ data: { image: { url: url(id) } } }],
        model: { outputInfo: { outputConfig: { maxConcepts: 200 } } },
      });
      return outputs[0]?.data?.concepts.find(({ name }) => name === 'dog')?.value ?? 0;
    };
    const values = new Map(
      await Promise.all(['one', 'two', 'three'].map(async (id) => [id, await predicted(id)] as const)),
    );
    const best = [...values].sort(([, a], [, b]) => b - a).map(([id]) => id);
    const { hits } = await search({ ranks: [by({ concepts: [{ name: 'dog', value: 1 }] })] });
    expect(hits.map(({ input }) => input?.id)).toEqual(best);
    expect(hits[0]?.score).toBeCloseTo(values.get(best[0] ?? '') ?? 0, 5);
    expect(await ids({ ranks: [by({ concepts: [{ id: 'ai_8S2Vq3cR', value: 1 }] })] })).toEqual(best);
    expect(await ids({ ranks: [by({ concepts: [{ name: '狗', value: 1 }] })], language: 'zh' })).toEqual(best);
    expect(await ids({ ranks: [by({ concepts: [{ name: 'dog', value: 0 }] })] })).toEqual(best.reverse());
    expect(await ids({ ranks: [by({ concepts: [{ name: 'no such thing', value: 1 }] })] })).toEqual([]);
  });

  it('compare texts by their words', async () => {
    await post([
      { id: 'cat', data: { text: { raw: 'The black cat sat on the mat.' } } },
      { id: 'ship', data: { text: { raw: 'A ship is safe in harbour.' } } },
    ]);
    const { hits } = await search({ ranks: [by({ text: { raw: 'black cat' } })] });
    expect(hits.map(({ input }) => input?.id)).toEqual(['cat', 'ship']);
    expect(hits[1]?.score).toBe(0);
    expect(await ids({ ranks: [by({ text: { raw: 'black cat' } })] }, { minValue: 0.1 })).toEqual(['cat']);
  });

  it('may be empty, as those of clients are that only filter', async () => {
    await post([{ id: 'text', data: { text: { raw: 'x' } } }]);
    expect(await ids({ ranks: [{}, { annotation: {} }, by({})], filters: [{ annotation: {} }] })).toEqual(['text']);
  });

  it('need something to rank by that is there', async () => {
    await post([{ id: 'text', data: { text: { raw: 'x' } } }]);
    const code = async (rank: DeepPartial<Rank>, more = {}) => (await search({ ranks: [rank] }, more)).status?.code;
    expect(await code(by({ metadata: { by: 'me' } }))).toBe(40002);
    expect(await code({ annotation: { inputId: 'nowhere' } })).toBe(11101);
    expect(await code({ annotation: { inputId: 'text' } })).toBe(43004);
    expect(await code(by({ image: { url: 'https://host.invalid/x.jpg' } }))).toBe(30002);
    expect(await code(by({ image: { url: url('x') } }), { metric: 2 })).toBe(40002);
  });
});

describe('pages', () => {
  it('hold as many hits as asked for, and end where the service says they do', async () => {
    await post(Array.from({ length: 5 }, (_, n) => ({ id: `i${n}`, data: { image: { url: url(`i${n}`) } } })));
    const page = async (number: number, perPage: number) => {
      const { status, hits } = await search({}, {}, { page: number, perPage });
      return [status?.code, ...hits.map(({ input }) => input?.id)];
    };
    expect(await page(1, 2)).toEqual([10000, 'i0', 'i1']);
    expect(await page(3, 2)).toEqual([10000, 'i4']);
    expect(await page(4, 2)).toEqual([10000]);
    const deep = await search({}, {}, { page: 11, perPage: 1000 });
    expect(deep.status).toMatchObject({
      code: 40002,
      details: expect.stringContaining('page * perPage cannot exceed'),
    });
  });

  it('leave out inputs that are not processed yet, or not there any more', async () => {
    const one = { userAppId: harness.userAppId, inputs: [{ id: 'a', data: { image: { url: url('a') } } }] };
    await harness.client.call('PostInputs', one);
    expect(await ids({})).toEqual([]);
    harness.emulator.advance(200);
    expect(await ids({})).toEqual(['a']);
    await harness.client.call('DeleteInput', { userAppId: harness.userAppId, inputId: 'a' });
    harness.emulator.advance(100);
    expect(await ids({})).toEqual([]);
  });
});

describe('saved searches', () => {
  const images = { filters: [{ input: { data: { image: {} } } }] };

  it('are kept without being run, and run by their id', async () => {
    await post([{ id: 'a', data: { image: { url: url('a') } } }]);
    const saved = await search(images, { id: 'all-images', name: 'All images', save: true });
    expect(saved).toMatchObject({
      id: 'all-images',
      hits: [],
      searches: [{ id: 'all-images', applicationId: 'emulator-app' }],
    });
    const byId = await harness.client.call('PostSearchesByID', { userAppId: harness.userAppId, id: 'all-images' });
    expect(byId.hits.map(({ input }) => input?.id)).toEqual(['a']);
    expect((await search(images, { id: 'all-images', save: true })).status?.code).toBe(40010);
  });

  it('are read, changed, listed and deleted', async () => {
    const { client, userAppId } = harness;
    await search(images, { id: 's', name: 'before', save: true });
    await client.call('PatchSearches', { userAppId, action: 'overwrite', searches: [{ id: 's', name: 'after' }] });
    const { search: found } = await client.call('GetSearch', { userAppId, id: 's' });
    expect(found).toMatchObject({ name: 'after', query: { filters: [{ input: { data: { image: {} } } }] } });
    expect((await client.call('ListSearches', { userAppId })).searches.map(({ id }) => id)).toEqual(['s']);
    expect((await client.call('DeleteSearch', { userAppId, id: 's' })).status?.code).toBe(10000);
    expect((await client.call('GetSearch', { userAppId, id: 's' })).status?.code).toBe(11101);
    expect((await client.call('PostSearchesByID', { userAppId, id: 's' })).status?.code).toBe(11101);
  });
});

it('refuses a request without searches', async () => {
  const answer = await harness.client.call('PostInputsSearches', { userAppId: harness.userAppId });
  expect(answer.status).toMatchObject({ code: 40002, description: 'Invalid request' });
});

it('finds models by name, pattern and type', async () => {
  const found = async (modelQuery: object) => {
    const { models } = await harness.client.call('PostModelsSearches', { userAppId: harness.userAppId, modelQuery });
    return models.map(({ id }) => id);
  };
  expect(await found({ name: '*general*' })).toContain('general-image-recognition');
  expect(await found({ name: 'general' })).toEqual(['general-image-recognition']);
  expect(await found({ modelTypeId: 'color-recognizer' })).toEqual(['color-recognition']);
  expect(await found({ name: 'nothing' })).toEqual([]);
});
