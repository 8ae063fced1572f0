import { createManualClock, startEmulator } from '../../src/emulator/index';
import { photograph, startHarness } from './harness';

const seed = {
  concepts: [{ id: 'cat' }, { id: 'dog' }],
  datasets: [{ id: 'animals' }],
  inputs: [
    {
      id: 'a',
      datasetIds: ['animals'],
      data: { image: { base64: photograph() }, concepts: [{ id: 'cat', value: 1 }] },
    },
    { id: 'b', data: { text: { raw: 'a dog' }, metadata: { age: 7 } } },
  ],
  annotations: [{ inputId: 'b', data: { concepts: [{ id: 'dog', value: 1 }] } }],
  workflows: [{ id: 'w', nodes: [{ id: 'n', model: { id: 'color-recognition' } }] }],
};

it('is seeded with what its RPCs then answer, inputs processed', async () => {
  await using harness = await startHarness({ clock: createManualClock() });
  const { client, emulator, userAppId } = harness;
  await emulator.seed(seed);
  const { inputs } = await client.call('ListInputs', { userAppId });
  expect(inputs.map(({ id, status }) => [id, status?.code])).toEqual([
    ['a', 30000],
    ['b', 30000],
  ]);
  expect(inputs[1]?.data?.metadata).toEqual({ age: 7 });
  expect((await client.call('ListConcepts', { userAppId })).concepts.map(({ id }) => id)).toEqual(['cat', 'dog']);
  expect((await client.call('GetDataset', { userAppId, datasetId: 'animals' })).status?.code).toBe(10000);
  expect((await client.call('GetWorkflow', { userAppId, workflowId: 'w' })).status?.code).toBe(10000);
  expect((await client.call('ListAnnotations', { userAppId, inputIds: ['b'] })).annotations.length).toBeGreaterThan(0);
  // Seeding is no call.
  expect(emulator.requests({ method: 'PostInputs' })).toEqual([]);
});

it.each([
  [
    {
      inputs: [
        { id: 'a', data: { text: { raw: 'x' } } },
        { id: 'a/b', data: { text: { raw: 'x' } } },
      ],
    },
    'seed.inputs[1]',
  ],
  [{ concepts: [{ id: 'cat' }, { id: 'cat' }] }, 'seed.concepts[1]'],
  [{ input: [] } as never, 'did you mean `inputs`'],
  [{ inputs: {} as never }, 'seed.inputs'],
])('refuses the seed %j and says which part', async (bad, named) => {
  await using emulator = await startEmulator();
  await expect(emulator.seed(bad)).rejects.toThrow(named);
});

it('returns to a snapshot as often as asked, whatever has happened since', async () => {
  await using harness = await startHarness({ lifecycle: { deleteLagMs: 0 } });
  const { client, emulator, userAppId } = harness;
  emulator.model({ id: 'mine', predict: () => ({ text: { raw: 'x' } }) });
  await emulator.seed(seed);
  const state = async () => {
    const { inputs } = await client.call('ListInputs', { userAppId });
    const { concepts } = await client.call('ListConcepts', { userAppId });
    const { annotations } = await client.call('ListAnnotations', { userAppId, inputIds: ['a', 'b'] });
    const { counts } = await client.call('GetInputCount', { userAppId });
    const { datasets } = await client.call('ListDatasets', { userAppId });
    return { inputs, concepts, annotations, counts, datasets };
  };
  const before = await state();
  const snapshot = emulator.snapshot();
  for (let round = 0; round < 2; round++) {
    await client.call('DeleteInput', { userAppId, inputId: 'a' });
    await client.call('PatchInputs', {
      userAppId,
      action: 'overwrite',
      inputs: [{ id: 'b', data: { concepts: [{ id: 'bird', value: 1 }], metadata: { age: 8 } } }],
    });
    await client.call('PostInputs', { userAppId, inputsAddJobId: 'job', inputs: [{ data: { text: { raw: 'new' } } }] });
    await client.call('PostConcepts', { userAppId, concepts: [{ id: `late-${round}` }] });
    await client.call('DeleteDatasets', { userAppId, datasetIds: ['animals'] });
    expect(await state()).not.toEqual(before);
    emulator.restore(snapshot);
    expect(await state()).toEqual(before);
  }
  expect((await client.call('ListInputsAddJobs', { userAppId })).inputsAddJobs).toEqual([]);
  const inputs = [{ data: { text: { raw: 'y' } } }];
  const predicted = await client.call('PostModelOutputs', { userAppId, modelId: 'mine', inputs });
  expect(predicted.outputs[0]?.data?.text?.raw).toBe('x');
});

it('goes on processing what was under way when the snapshot was taken', async () => {
  await using harness = await startHarness({ clock: createManualClock() });
  const { client, emulator, userAppId } = harness;
  await client.call('PostInputs', {
    userAppId,
    inputsAddJobId: 'j',
    inputs: [{ id: 'a', data: { text: { raw: 'x' } } }],
  });
  const snapshot = emulator.snapshot();
  expect(snapshot.takenAtMs).toBe(Date.UTC(2026, 0, 1));
  const statuses: unknown[] = [];
  for (let round = 0; round < 2; round++) {
    emulator.advance(1000);
    const { input } = await client.call('GetInput', { userAppId, inputId: 'a' });
    const { inputsAddJob } = await client.call('GetInputsAddJob', { userAppId, id: 'j' });
    statuses.push([input?.status?.code, Number(inputsAddJob?.progress?.successCount), inputsAddJob?.status?.code]);
    emulator.restore(snapshot);
  }
  expect(statuses).toEqual([
    [30000, 1, 64002],
    [30000, 1, 64002],
  ]);
});

it('takes no snapshot but its own', async () => {
  await using one = await startEmulator();
  await using other = await startEmulator();
  expect(() => one.restore(other.snapshot())).toThrow('a snapshot of this emulator');
  expect(() => one.restore(undefined as never)).toThrow('snapshot');
});
