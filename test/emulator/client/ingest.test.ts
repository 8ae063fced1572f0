import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Clarifai } from '../../../src/client';
import { AuthenticationError, QuotaError } from '../../../src/base/errors';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { IngestionOutcome } from '../../../src/ingestion/outcome';
import type { InputLike } from '../../../src/inputs/input-like';
import { throwIfFailed } from '../../../src/operations/outcome';

let emulator: Emulator;
let clarifai: Clarifai;
const quick = { retry: { baseDelayMs: 1, throttledDelayMs: 1 }, requestsPerSecond: null };

beforeEach(async () => {
  emulator = await startEmulator();
  clarifai = new Clarifai(emulator.clientOptions);
});

afterEach(async () => {
  emulator.assertNoPending();
  await clarifai.close();
  await emulator.close();
});

const item = (index: number): InputLike => ({
  id: `item-${index}`,
  url: `https://samples.clarifai.com/metro-north.jpg?${index}`,
  concepts: ['train', { id: 'night', value: 0 }],
  metadata: { index },
});

function* items(count: number): Generator<InputLike> {
  for (let index = 0; index < count; index++) yield item(index);
}

async function idsOnServer(): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let page = 1; ; page++) {
    const { inputs } = await clarifai.rpc.ListInputs({
      userAppId: { userId: emulator.userId, appId: emulator.appId },
      page,
      perPage: 1000,
    });
    if (inputs.length === 0) return ids;
    for (const { id } of inputs) ids.add(id);
  }
}

const idsOf = (count: number): Set<string> => new Set([...Array(count).keys()].map((index) => `item-${index}`));

test('postInputs resolves with the inputs as the service keeps them', async () => {
  const [input] = throwIfFailed(await clarifai.postInputs([item(7)]));
  expect(input).toMatchObject({ id: 'item-7', status: { code: 30001 } });
  expect(input?.createdAt).toBeInstanceOf(Date);
  const { input: kept } = await clarifai.rpc.GetInput({
    userAppId: { userId: emulator.userId, appId: emulator.appId },
    inputId: 'item-7',
  });
  expect(kept?.data?.metadata).toEqual({ index: 7 });
  expect(kept?.data?.concepts.map(({ id, value }) => [id, value])).toEqual([
    ['train', 1],
    ['night', 0],
  ]);
});

test('an input that is refused before anything is sent is reported in its place, were it the first', async () => {
  const outcomes = await clarifai.postInputs([{ id: 'a', url: 'no url' }, new Error('no such row'), item(2)]);
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, false, true]);
  expect(Object.keys(outcomes)).toHaveLength(3);
});

test('postInputs reports each duplicate, and the others go through', async () => {
  await clarifai.postInputs([item(1)]);
  const outcomes = await clarifai.postInputs([item(0), item(1), item(2)]);
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
  expect(outcomes[1]).toMatchObject({ id: 'item-1', error: { name: 'AlreadyExistsError', statusCode: 30100 } });
});

test('inputs without an id get random ones from postInputs, so equal inputs are two', async () => {
  const same: InputLike = { text: 'twice' };
  const [first, second] = throwIfFailed(await clarifai.postInputs([same, same]));
  expect(first?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(second?.id).not.toBe(first?.id);
});

test('ingesting a source again adds nothing twice', async () => {
  const source: InputLike[] = Array.from({ length: 200 }, (_, index) => ({ text: `text ${index}` }));
  expect(await clarifai.ingest(source).done).toMatchObject({ accepted: 200 });
  expect(await clarifai.ingest(source).done).toMatchObject({ accepted: 0, alreadyExisted: 200 });
  expect((await idsOnServer()).size).toBe(200);
});

test.each([
  ['answers lost after the work was done', [{ dropAfterCommit: true }, 'ok', { dropAfterCommit: true }]],
  ['a service that is away for a moment', [14, 14, 'ok', 14]],
  ['throttling', [{ status: 11005 }, 'ok', { status: 11005 }, { status: 11005 }]],
] as const)(
  '%s lose nothing and double nothing',
  async (_, steps) => {
    emulator.script('PostInputs', steps);
    const run = clarifai.ingest(items(1000), quick);
    const outcomes: IngestionOutcome[] = [];
    for await (const outcome of run) outcomes.push(outcome);
    expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
    expect(new Set(outcomes.map(({ id }) => id))).toEqual(idsOf(1000));
    expect(await idsOnServer()).toEqual(idsOf(1000));
  },
  60_000,
);

test('inputs that the service refuses are rejected one by one', async () => {
  emulator.script('PostInputs', [{ items: { 3: 30104, 77: 30101 } }]);
  const run = clarifai.ingest(items(128), { ordered: true });
  const rejected: (string | undefined)[] = [];
  for await (const outcome of run) if (outcome.kind === 'rejected') rejected.push(outcome.id);
  expect(rejected).toEqual(['item-3', 'item-77']);
  expect(await run.done).toMatchObject({ read: 128, accepted: 126, rejected: 2 });
});

test.each([
  ['a refused key', 11008, AuthenticationError],
  ['a used-up plan', 11004, QuotaError],
])('%s ends the run, and says what was not sent', async (_, status, Class) => {
  const rule = emulator.rule('PostInputs', { status });
  const run = clarifai.ingest(items(10_000), { budgetItems: 512 });
  await expect(run.done).rejects.toBeInstanceOf(Class);
  const { read, unsent, inProgress } = run.progress;
  expect(unsent).toBe(read);
  expect(inProgress).toBe(0);
  expect(read).toBeLessThan(1000);
  rule.remove();
});

test('a long source goes through in flat memory', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  await using bulk = await startEmulator({ requestLog: { maxEntries: 1 } });
  await using client = new Clarifai(bulk.clientOptions);
  const bytesAlive: number[] = [];
  async function* source(): AsyncGenerator<InputLike> {
    for (let index = 0; index < 5000; index++) {
      if (index % 500 === 0) {
        collectGarbage();
        bytesAlive.push(process.memoryUsage().arrayBuffers);
      }
      const image = Buffer.alloc(20_000);
      image.write('\xff\xd8\xff', 'latin1');
      yield { id: `item-${index}`, image };
    }
  }
  const run = client.ingest(source(), {
    chunkBytes: 1_000_000,
    budgetBytes: 4_000_000,
    requestsPerSecond: null,
  });
  expect(await run.done).toMatchObject({ accepted: 5000 });
  // 100 MB have gone through by then; alive are a few chunks of 1 MB, in the client and in the emulator. The least of several
  // samples, because buffers that are free already are given back late.
  expect(Math.min(...bytesAlive.slice(5)) - (bytesAlive[0] ?? 0)).toBeLessThan(25_000_000);
}, 60_000);

describe('with `onDuplicate: "overwrite"`', () => {
  const overwrite = { ...quick, onDuplicate: 'overwrite' } as const;
  const labelled = (count: number, label: string): InputLike[] =>
    Array.from({ length: count }, (_, index) => ({ id: `item-${index}`, text: `text ${index}`, concepts: [label] }));

  async function labelsOnServer(): Promise<Map<string, readonly string[]>> {
    const userAppId = { userId: emulator.userId, appId: emulator.appId };
    const { inputs } = await clarifai.rpc.ListInputs({ userAppId, page: 1, perPage: 1000 });
    return new Map(inputs.map(({ id, data }) => [id, data?.concepts.map((concept) => concept.id) ?? []]));
  }

  test('what the app has gets the data of the item with its id, and nothing is deleted', async () => {
    await clarifai.ingest(labelled(200, 'old'), quick).done;
    const summary = await clarifai.ingest(labelled(300, 'new'), overwrite).done;
    expect(summary).toMatchObject({ read: 300, accepted: 300, alreadyExisted: 0, retries: 0 });
    const labels = await labelsOnServer();
    expect(labels.size).toBe(300);
    expect(new Set([...labels.values()].flat())).toEqual(new Set(['new']));
    expect(emulator.requests({ method: 'PatchInputs' }).length).toBeLessThanOrEqual(2);
    expect(emulator.requests().filter(({ method }) => method.startsWith('Delete'))).toEqual([]);
  });

  test('a replacement that fails for a while is sent again, alone', async () => {
    await clarifai.ingest(labelled(10, 'old'), quick).done;
    emulator.script('PatchInputs', [14, { status: 11005 }, { dropAfterCommit: true }, 'ok']);
    expect(await clarifai.ingest(labelled(20, 'new'), overwrite).done).toMatchObject({ accepted: 20 });
    expect(new Set([...(await labelsOnServer()).values()].flat())).toEqual(new Set(['new']));
  });

  test('of two items with one id the first is kept', async () => {
    const [first] = labelled(1, 'first');
    const [second] = labelled(1, 'second');
    const source = [first, second].filter((one) => one !== undefined);
    expect(await clarifai.ingest(source, overwrite).done).toMatchObject({ accepted: 1, alreadyExisted: 1 });
    expect(await labelsOnServer()).toEqual(new Map([['item-0', ['first']]]));
  });
});
