import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/index';
import { createManualClock, startEmulator } from '../../src/emulator/index';
import { V2Stub } from '../../src/rpc/index';
import { photograph } from './harness';

let folder: string;
let persist: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'persist-'));
  persist = join(folder, 'state');
});
afterEach(() => rmSync(folder, { recursive: true }));

const scopeOf = ({ userId, appId }: Emulator) => ({ userId, appId });

async function everythingIn(emulator: Emulator, stub: V2Stub) {
  const userAppId = scopeOf(emulator);
  const { inputs } = await stub.ListInputs({ userAppId });
  return {
    inputs: inputs.map(({ id, data, status, datasetIds, createdAt }) => ({
      id,
      concepts: data?.concepts,
      metadata: data?.metadata,
      code: status?.code,
      datasetIds,
      createdAt,
    })),
    concepts: (await stub.ListConcepts({ userAppId })).concepts,
    annotations: (await stub.ListAnnotations({ userAppId })).annotations,
    datasets: (await stub.ListDatasets({ userAppId })).datasets,
    versions: (await stub.ListDatasetVersions({ userAppId, datasetId: 'd' })).datasetVersions,
    workflows: (await stub.ListWorkflows({ userAppId })).workflows,
    models: (await stub.ListModels({ userAppId, dontFetchFromMain: true })).models,
    jobs: (await stub.ListInputsAddJobs({ userAppId })).inputsAddJobs,
    searches: (await stub.ListSearches({ userAppId })).searches,
    counts: (await stub.GetInputCount({ userAppId })).counts,
    apps: (await stub.ListApps({ userAppId })).apps,
    keys: (await stub.ListKeys({})).keys,
  };
}

async function fill(emulator: Emulator, stub: V2Stub): Promise<void> {
  const userAppId = scopeOf(emulator);
  await emulator.seed({
    concepts: [{ id: 'cat' }],
    datasets: [{ id: 'd' }],
    inputs: [
      {
        id: 'a',
        datasetIds: ['d'],
        data: {
          image: { base64: photograph() },
          concepts: [{ id: 'cat', value: 1 }],
          metadata: { '@class': 'Object', n: [1, null, { deep: true }] },
        },
      },
      { id: 'b', data: { text: { raw: 'a dog' }, concepts: [{ id: 'dog', value: 1 }] } },
    ],
    annotations: [{ inputId: 'b', data: { concepts: [{ id: 'dog', value: 1 }] } }],
    workflows: [{ id: 'w', nodes: [{ id: 'n', model: { id: 'color-recognition' } }] }],
  });
  await stub.PostApps({ apps: [{ id: 'second' }] });
  await stub.PostDatasetVersions({ userAppId, datasetId: 'd', datasetVersions: [{ id: 'v' }] });
  await stub.PostInputs({ userAppId, inputsAddJobId: 'j', inputs: [{ id: 'c', data: { text: { raw: 'x' } } }] });
  await stub.PostModels({ userAppId, models: [{ id: 'm', modelTypeId: 'text-classifier' }] });
  await stub.PostInputsSearches({ userAppId, searches: [{ id: 's', save: true, query: { filters: [] } }] });
  await stub.PostKeys({ keys: [{ type: 'personal_access_token', scopes: ['All'], description: 'mine' }] });
}

it('goes on after a restart with all that was there, and the same keys', async () => {
  const lifecycle = { pendingMs: 0, inProgressMs: 0, deleteLagMs: 0 };
  const first = await startEmulator({ persist, storeBytes: true, lifecycle });
  const stub = new V2Stub(first.stubOptions);
  await fill(first, stub);
  const before = await everythingIn(first, stub);
  await stub.close();
  await first.close();

  await using second = await startEmulator({ persist, storeBytes: true, lifecycle });
  expect([second.pat, second.apiKey, second.sessionToken]).toEqual([first.pat, first.apiKey, first.sessionToken]);
  await using again = new V2Stub(second.stubOptions);
  expect(await everythingIn(second, again)).toEqual(before);
  expect(second.inputBytes('a')).toEqual(new Uint8Array(photograph()));
  const userAppId = scopeOf(second);
  const predicted = await again.PostModelOutputs({
    userAppId,
    modelId: 'general-image-recognition',
    inputs: [{ data: { image: { url: 'https://samples.clarifai.com/a.jpg' } } }],
  });
  expect(predicted.status?.code).toBe(10000);
  // It is all alive, not only shown.
  expect(
    (await again.PostInputs({ userAppId, inputs: [{ id: 'a', data: { text: { raw: 'x' } } }] })).inputs[0]?.status
      ?.code,
  ).toBe(30100);
  await again.DeleteInputs({ userAppId, ids: ['a', 'b', 'c'] });
  expect((await again.ListInputs({ userAppId })).inputs).toEqual([]);
});

it('goes on with what was under way', async () => {
  const clock = createManualClock();
  const userAppId = { appId: 'emulator-app' };
  {
    await using emulator = await startEmulator({ persist, clock });
    await using stub = new V2Stub(emulator.stubOptions);
    await emulator.seed({
      inputs: [{ id: 'a', data: { text: { raw: 'a cat' }, concepts: [{ id: 'cat', value: 1 }] } }],
    });
    await stub.PostModels({ userAppId, models: [{ id: 'm', modelTypeId: 'text-classifier' }] });
    const modelVersions = [{ outputInfo: { data: { concepts: [{ id: 'cat' }] } } }];
    await stub.PostModelVersions({ userAppId, modelId: 'm', modelVersions });
    await stub.PostInputs({ userAppId, inputsAddJobId: 'j', inputs: [{ id: 'b', data: { text: { raw: 'x' } } }] });
  }
  await using emulator = await startEmulator({ persist, clock });
  await using stub = new V2Stub(emulator.stubOptions);
  const code = async () => (await stub.GetModel({ userAppId, modelId: 'm' })).model?.modelVersion?.status?.code;
  expect(await code()).toBe(21103);
  emulator.advance(100);
  expect(await code()).toBe(21101);
  emulator.advance(100);
  expect(await code()).toBe(21100);
  const { inputsAddJob } = await stub.GetInputsAddJob({ userAppId, id: 'j' });
  expect(inputsAddJob).toMatchObject({ status: { code: 64002 } });
  const { outputs } = await stub.PostModelOutputs({
    userAppId,
    modelId: 'm',
    inputs: [{ data: { text: { raw: 'a cat' } } }],
  });
  expect(outputs[0]?.data?.concepts[0]).toMatchObject({ id: 'cat' });
});

it('is written a moment after the last change, without waiting for the end', async () => {
  await using emulator = await startEmulator({ persist });
  await using stub = new V2Stub(emulator.stubOptions);
  await stub.ListInputs({ userAppId: scopeOf(emulator) });
  expect(existsSync(persist)).toBe(false);
  await stub.PostConcepts({ userAppId: scopeOf(emulator), concepts: [{ id: 'cat' }] });
  while (!existsSync(persist)) await new Promise((resolve) => setTimeout(resolve, 20));
  await using copy = await startEmulator({ persist: join(folder, 'state') });
  await using other = new V2Stub(copy.stubOptions);
  expect((await other.ListConcepts({ userAppId: scopeOf(copy) })).concepts.map(({ id }) => id)).toEqual(['cat']);
  expect(existsSync(`${persist}.new`)).toBe(false);
});

it('can be read by its owner alone, for it holds keys', async () => {
  await (await startEmulator({ persist })).close();
  expect(statSync(persist).mode & 0o077).toBe(0);
});

it('keeps what a reset leaves', async () => {
  {
    await using emulator = await startEmulator({ persist });
    await emulator.seed({ concepts: [{ id: 'cat' }] });
    emulator.reset();
  }
  await using emulator = await startEmulator({ persist });
  await using stub = new V2Stub(emulator.stubOptions);
  expect((await stub.ListConcepts({ userAppId: scopeOf(emulator) })).concepts).toEqual([]);
});

it('needs models of the user’s own to be registered again, and says so', async () => {
  const inputs = [{ data: { text: { raw: 'x' } } }];
  {
    await using emulator = await startEmulator({ persist });
    emulator.model({ id: 'mine', predict: () => ({ text: { raw: 'y' } }) });
  }
  await using emulator = await startEmulator({ persist });
  await using stub = new V2Stub(emulator.stubOptions);
  const request = { userAppId: scopeOf(emulator), modelId: 'mine', inputs };
  const { outputs } = await stub.PostModelOutputs(request);
  expect(outputs[0]?.status).toMatchObject({ details: expect.stringContaining('register it again') as string });
  emulator.model({ id: 'mine', predict: () => ({ text: { raw: 'y' } }) });
  expect((await stub.PostModelOutputs(request)).outputs[0]?.data?.text?.raw).toBe('y');
});

describe('a file that cannot be gone on with', () => {
  const refusal = async (contents: (state: Buffer) => string | Buffer) => {
    await (await startEmulator({ persist })).close();
    const state = contents(readFileSync(persist));
    const wrong = typeof state === 'string' ? Buffer.from(state) : state;
    writeFileSync(persist, wrong);
    const error = await startEmulator({ persist }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { error, isUntouched: readFileSync(persist).equals(wrong) };
  };

  it.each<[string, (state: Buffer) => string | Buffer, string]>([
    ['is something else', () => 'hello\n', 'it is not a state'],
    ['is empty', () => '', 'it is not a state'],
    ['is cut short', (state) => state.subarray(0, -10), 'it is damaged'],
    [
      'has a bit that fell over',
      (state) => Buffer.concat([state.subarray(0, -1), Buffer.from([(state.at(-1) ?? 0) ^ 1])]),
      'it is damaged',
    ],
    [
      'is of another version',
      (state) => Buffer.from(state.toString('latin1').replace('"version":1', '"version":9'), 'latin1'),
      'version 9',
    ],
  ])('%s: that is an error that names it, and the file stays as it is', async (_what, contents, reason) => {
    const { error, isUntouched } = await refusal(contents);
    expect(isUntouched).toBe(true);
    expect(error).toMatchObject({ name: 'InvalidRequestError', message: expect.stringContaining(reason) as string });
    expect((error as Error).message).toContain(persist);
  });

  it('is a folder, or in one that there is not', async () => {
    await expect(startEmulator({ persist: folder })).rejects.toThrow(/EISDIR/);
    await expect(startEmulator({ persist: join(folder, 'none/state') })).rejects.toThrow(/its folder does not exist/);
  });
});

it.each([
  [{ persist: '' }, 'options.persist'],
  [{ persist: 5 as never }, 'options.persist'],
  [{ persist: 'x', seed: 1 }, 'options.seed'],
])('refuses to start with %j', async (options, named) => {
  await expect(startEmulator(options)).rejects.toThrow(named);
});
