import { AuthenticationError, InvalidRequestError } from '../../../../src/base/errors';
import type { AnnotatedOutcome } from '../../../../src/resources/post-drafts';
import type { AnnotatedInput, UploadOptions } from '../../../../src/resources/upload-annotated';
import { type Bench, startBench } from './harness';

const train = 'https://samples.clarifai.com/metro-north.jpg';
const box = { left: 0.1, top: 0.2, right: 0.6, bottom: 0.9 };
const polygon = [
  { x: 0.1, y: 0.1 },
  { x: 0.9, y: 0.1 },
  { x: 0.5, y: 0.9 },
];

async function benchWithDataset(): Promise<Bench> {
  const bench = await startBench({ storeBytes: true });
  await bench.clarifai.app().datasets.create('trains');
  return bench;
}

function photo(id: string, annotations: AnnotatedInput['annotations']): AnnotatedInput {
  return { id, url: train, allowDuplicateUrl: true, annotations };
}

async function collect(upload: AsyncIterable<AnnotatedOutcome>): Promise<AnnotatedOutcome[]> {
  const outcomes: AnnotatedOutcome[] = [];
  for await (const outcome of upload) outcomes.push(outcome);
  return outcomes.sort((one, other) => one.input.index - other.input.index);
}

/** Uploads while the emulator's time passes, and tells each outcome in words. */
async function upload(
  bench: Bench,
  items: Iterable<AnnotatedInput | Error>,
  options: UploadOptions = { ack: 'accepted' },
): Promise<string[]> {
  const ticking = setInterval(() => bench.emulator.advance(1_000), 5);
  try {
    const outcomes = await collect(bench.clarifai.dataset('trains').upload(items, options));
    return outcomes.map(({ input, annotations }) => [input.kind, ...annotations.map(({ kind }) => kind)].join(' '));
  } finally {
    clearInterval(ticking);
  }
}

async function regionsOf({ clarifai }: Bench, id: string): Promise<unknown[]> {
  const annotations = await clarifai.annotations.list({ inputIds: [id] }).toArray();
  return annotations.flatMap(({ data }) => data?.regions ?? []);
}

test('boxes and polygons follow their inputs into the dataset, classes go along with them', async () => {
  await using bench = await benchWithDataset();
  const told = await upload(
    bench,
    [
      photo('a', [
        { box, concepts: ['locomotive'] },
        { polygon, concepts: ['rail'] },
      ]),
      { id: 'b', text: 'words', concepts: ['short'] },
    ],
    {},
  );
  expect(told).toEqual(['confirmed created created', 'confirmed']);
  expect(await regionsOf(bench, 'a')).toMatchObject([
    { regionInfo: { boundingBox: {} }, data: { concepts: [{ id: 'locomotive' }] } },
    { regionInfo: { polygon: {} }, data: { concepts: [{ id: 'rail' }] } },
  ]);
  expect((await bench.clarifai.inputs.get('b')).data?.concepts.map(({ id }) => id)).toEqual(['short']);
  const members = await bench.clarifai.dataset('trains').listInputs().toArray();
  expect(members.map(({ input }) => input?.id).sort()).toEqual(['a', 'b']);
});

test('to upload the same again makes nothing twice', async () => {
  await using bench = await benchWithDataset();
  const twice = { box, concepts: ['locomotive'] };
  const items = [photo('a', [twice, twice, { polygon }])];
  expect(await upload(bench, items)).toEqual(['accepted created created created']);
  expect(await upload(bench, items)).toEqual(['already-existed already-existed already-existed already-existed']);
  expect(await upload(bench, [photo('a', [twice, { point: { x: 0.5, y: 0.5 } }])])).toEqual([
    'already-existed already-existed created',
  ]);
  expect(await regionsOf(bench, 'a')).toHaveLength(4);
});

test('annotations whose answer is lost are not made twice', async () => {
  await using bench = await benchWithDataset();
  bench.emulator.script('PostAnnotations', [{ dropAfterCommit: true }]);
  expect(await upload(bench, [photo('a', [{ box }])])).toEqual(['accepted already-existed']);
  expect(await regionsOf(bench, 'a')).toHaveLength(1);
});

test('annotations wait for a service that is away, unless the number of attempts is given', async () => {
  await using bench = await benchWithDataset();
  const away = [14, 14, 14, 14, 14];
  bench.emulator.script('PostAnnotations', away);
  const patient: UploadOptions = { ack: 'accepted', retry: { baseDelayMs: 1 } };
  expect(await upload(bench, [photo('a', [{ box }])], patient)).toEqual(['accepted created']);
  bench.emulator.assertNoPending();
  bench.emulator.script('PostAnnotations', away);
  const options: UploadOptions = { ack: 'accepted', retry: { maxAttempts: 2 } };
  expect(await upload(bench, [photo('b', [{ box }])], options)).toEqual(['accepted rejected']);
});

test('what is wrong with an annotation rejects its input, and only that, before anything of it is sent', async () => {
  await using bench = await benchWithDataset();
  const ticking = setInterval(() => bench.emulator.advance(1_000), 5);
  const items = [
    photo('a', [{ box: { ...box, right: 30 } }]),
    photo('b', [{ box }]),
    new Error('no such file'),
    { id: 'c', url: train, annotations: 5 } as unknown as AnnotatedInput,
  ];
  const outcomes = await collect(bench.clarifai.dataset('trains').upload(items));
  clearInterval(ticking);
  expect(outcomes.map(({ input }) => input.kind)).toEqual(['rejected', 'confirmed', 'rejected', 'rejected']);
  expect(outcomes[0]?.input).toMatchObject({
    error: { message: expect.stringContaining('`inputs[0].annotations[0].box.right` to be a number from 0 to 1') },
  });
  expect(outcomes[3]?.input).toMatchObject({ error: expect.any(InvalidRequestError) });
  const posted = bench.emulator.requests({ method: 'PostInputs' }).flatMap(({ request }) => request?.inputs ?? []);
  expect(posted.map(({ id }) => id)).toEqual(['b']);
});

test('an input that the service refuses has its annotations unsent, and says why', async () => {
  await using bench = await benchWithDataset();
  bench.emulator.script('PostInputs', [{ items: { 0: 30104 } }]);
  const ticking = setInterval(() => bench.emulator.advance(1_000), 5);
  const outcomes = await collect(
    bench.clarifai.dataset('trains').upload([photo('a', [{ box, id: 'own' }]), photo('b', [{ box }])]),
  );
  clearInterval(ticking);
  const [refused, taken] = outcomes;
  expect(refused).toMatchObject({ input: { kind: 'rejected' }, annotations: [{ kind: 'unsent', id: 'own' }] });
  expect(refused?.annotations[0]).toMatchObject({ reason: (refused?.input as { readonly error?: unknown }).error });
  expect(taken).toMatchObject({ input: { kind: 'confirmed' }, annotations: [{ kind: 'created' }] });
});

test('an annotation that the service refuses says so, and the others are made', async () => {
  await using bench = await benchWithDataset();
  const items = [photo('a', [{ box }, { id: 'no id %', polygon }, { point: { x: 0, y: 0 } }])];
  expect(await upload(bench, items)).toEqual(['accepted created rejected created']);
});

test('annotations go in requests of at most 128, those of many inputs together', async () => {
  await using bench = await benchWithDataset();
  const points = Array.from({ length: 300 }, (_, index) => ({ point: { x: index / 300, y: 0.5 } }));
  const items = [photo('many', points), ...Array.from({ length: 60 }, (_, index) => photo(`n${index}`, [{ box }]))];
  const told = await upload(bench, items);
  expect(told.every((words) => !/rejected|unsent/.test(words))).toBe(true);
  const sizes = bench.emulator
    .requests({ method: 'PostAnnotations' })
    .map(({ request }) => request?.annotations.length ?? 0);
  expect(Math.max(...sizes)).toBe(128);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(360);
  expect(sizes.length).toBeLessThan(30);
});

test('a loader without end is read only as far ahead as the budget allows', async () => {
  await using bench = await benchWithDataset();
  let read = 0;
  let closed = false;
  async function* loader(): AsyncGenerator<AnnotatedInput> {
    try {
      for (;;) yield photo(`e${read++}`, [{ box }]);
    } finally {
      closed = true;
    }
  }
  let seen = 0;
  for await (const { annotations } of bench.clarifai
    .dataset('trains')
    .upload(loader(), { ack: 'accepted', budgetItems: 256 })) {
    expect(annotations).toMatchObject([{ kind: 'created' }]);
    expect(read).toBeLessThan(seen + 2_000);
    seen += 1;
    if (seen === 500) break;
  }
  expect(seen).toBe(500);
  expect(closed).toBe(true);
});

test('a refused credential, an abort and a loader that fails end the upload', async () => {
  await using bench = await benchWithDataset();
  const dataset = bench.clarifai.dataset('trains');
  bench.emulator.script('PostAnnotations', [{ status: 11009 }]);
  await expect(upload(bench, [photo('a', [{ box }])])).rejects.toThrow(AuthenticationError);
  const reason = new Error('enough');
  const uploading = collect(dataset.upload([photo('b', [{ box }])], { signal: AbortSignal.abort(reason) }));
  await expect(uploading).rejects.toBe(reason);
  async function* failing(): AsyncGenerator<AnnotatedInput> {
    throw reason;
  }
  await expect(collect(dataset.upload(failing()))).rejects.toBe(reason);
  await expect(collect(dataset.upload(5 as unknown as []))).rejects.toThrow(InvalidRequestError);
});

test('a dataset is counted by concept, and nothing is left of the counting', async () => {
  await using bench = await benchWithDataset();
  await upload(bench, [photo('a', [{ box, concepts: ['locomotive'] }]), { id: 'b', text: 'x', concepts: ['short'] }]);
  bench.emulator.advance(60_000);
  const dataset = bench.clarifai.dataset('trains');
  const ticking = setInterval(() => bench.emulator.advance(1_000), 5);
  const groups = await dataset.count({ pollMs: 5 });
  clearInterval(ticking);
  expect(JSON.stringify(groups)).toContain('short');
  bench.emulator.advance(60_000);
  expect(await dataset.versions.list().toArray()).toEqual([]);
  await expect(dataset.count({ pollMs: 5, timeoutMs: 20 })).rejects.toMatchObject({ code: 'WAIT_TIMEOUT' });
  expect(bench.emulator.requests({ method: 'DeleteDatasetVersions' })).toHaveLength(2);
});
