// Reading through many inputs while others come and go.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createManualClock } from '../../src/emulator/index';
import type { InputRecord } from '../../src/emulator/state/input-record';
import { InputStore } from '../../src/emulator/state/input-store';
import { startHarness } from './harness';

const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `i${(from + index) % 7}-${from + index}`);
const idsOf = (records: Iterable<InputRecord>) => Array.from(records, ({ id }) => id);

it('lists the same inputs by pages, in streams and by id, whatever was deleted and added', async () => {
  await using harness = await startHarness({ clock: createManualClock() });
  const { client, emulator, userAppId } = harness;
  const pages = async (request: object) => {
    const seen: string[] = [];
    for (let page = 1; ; page++) {
      const { inputs } = await client.call('ListInputs', { userAppId, page, perPage: 17, ...request });
      if (inputs.length === 0) return seen;
      seen.push(...inputs.map(({ id }) => id));
    }
  };
  const streamed = async (request: object) => {
    const seen: string[] = [];
    for (;;) {
      const { inputs } = await client.call('StreamInputs', {
        userAppId,
        perPage: 17,
        lastId: seen.at(-1) ?? '',
        ...request,
      });
      if (inputs.length === 0) return seen;
      seen.push(...inputs.map(({ id }) => id));
    }
  };
  let expected: string[] = [];
  for (const round of [0, 1, 2]) {
    const added = ids(round * 120, round * 120 + 120);
    await client.call('PostInputs', { userAppId, inputs: added.map((id) => ({ id, data: { text: { raw: id } } })) });
    const before = [...expected, ...added];
    expected = before.filter((_, index) => index % 3 !== 1);
    await client.call('DeleteInputs', { userAppId, ids: before.filter((_, index) => index % 3 === 1) });
    emulator.advance(1000);
    expect(await pages({})).toEqual(expected);
    expect(await pages({ status: { code: 30000 } })).toEqual(expected);
    expect(await streamed({})).toEqual(expected);
    expect(await streamed({ descending: true })).toEqual([...expected].reverse());
    expect(await streamed({ orderById: true })).toEqual([...expected].sort());
    expect(await streamed({ orderById: true, descending: true })).toEqual([...expected].sort().reverse());
  }
});

it('goes on through its list although inputs are deleted meanwhile', () => {
  const clock = createManualClock();
  const store = new InputStore(clock, { pendingMs: 0, inProgressMs: 0, deleteLagMs: 0 });
  store.add(ids(0, 100).map((id) => recordOf(id)));
  const list = store.list();
  const seen = [list.next().value as InputRecord];
  store.delete(ids(0, 60));
  expect(idsOf(store.slice(0, 10))).toEqual(ids(60, 70));
  seen.push(...list);
  expect(idsOf(seen)).toEqual([...ids(0, 1), ...ids(60, 100)]);
});

it('lets go of inputs that are deleted', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const clock = createManualClock();
  const store = new InputStore(clock, { pendingMs: 10, inProgressMs: 10, deleteLagMs: 10 });
  const kept: WeakRef<InputRecord>[] = [];
  for (let round = 0; round < 20; round++) {
    const record = recordOf(`round-${round}`);
    kept.push(new WeakRef(record));
    store.add([record]);
    store.delete([record.id]);
    clock.advance(100);
    store.slice(0, 1);
  }
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(kept.filter((record) => record.deref() !== undefined).length).toBeLessThan(5);
});

it('looks at an input once for all pages of a filtered list, and again only after a change', () => {
  const store = new InputStore(createManualClock(), { pendingMs: 0, inProgressMs: 0, deleteLagMs: 0 });
  store.add(ids(0, 60).map((id) => recordOf(id)));
  let looks = 0;
  // Two items of every third input.
  const list = store.listOf('thirds', ({ id }) => {
    looks++;
    return Number(id.split('-')[1]) % 3 === 0 ? [`${id} a`, `${id} b`] : [];
  });
  const pages = (size: number) => {
    const seen: string[] = [];
    for (let from = 0; ; from += size) {
      const page = list.slice(from, from + size);
      seen.push(...page);
      if (page.length < size) return seen;
    }
  };
  const thirds = (to: number) => ids(0, to).flatMap((id, index) => (index % 3 === 0 ? [`${id} a`, `${id} b`] : []));
  expect(pages(7)).toEqual(thirds(60));
  // Each page begins with the input that the last one ended with.
  expect(looks).toBeLessThan(60 + 7);

  looks = 0;
  expect(list.slice(33, 40)).toEqual(thirds(60).slice(33, 40));
  expect(looks).toBeGreaterThan(40);
  const [first] = store.list();
  if (first !== undefined) store.change(first, { datasetIds: [] });
  looks = 0;
  expect(list.slice(35, 40)).toEqual(thirds(60).slice(35, 40));
  expect(looks).toBeGreaterThan(40);

  expect(list.slice(35, 40)).toEqual(thirds(60).slice(35, 40));
  // They stay as they are: inputs that are being processed change.
  store.add(ids(60, 70).map((id) => ({ ...recordOf(id), statusCode: 30001, outcome: 30001 })));
  looks = 0;
  expect(list.slice(40, 45)).toEqual(thirds(70).slice(40, 45));
  expect(looks).toBeLessThan(20);
});

it('pages of datasets, annotations and states are true while inputs change', async () => {
  await using harness = await startHarness({ clock: createManualClock() });
  const { client, emulator, userAppId } = harness;
  await client.call('PostDatasets', { userAppId, datasets: [{ id: 'd' }] });
  const added = ids(0, 100);
  const inputs = added.map((id, index) => ({
    id,
    datasetIds: index % 2 === 0 ? ['d'] : [],
    data: { text: { raw: id }, ...(index % 2 === 0 && { metadata: { index } }) },
  }));
  await client.call('PostInputs', { userAppId, inputs });
  emulator.advance(1000);
  const seen = async (page: number) => {
    const request = { userAppId, page, perPage: 10 };
    const datasetInputs = await client.call('ListDatasetInputs', { ...request, datasetId: 'd' });
    const annotations = await client.call('ListAnnotations', request);
    const done = await client.call('ListInputs', { ...request, status: { code: 30000 } });
    return [
      datasetInputs.datasetInputs.map(({ input }) => input?.id),
      annotations.annotations.map(({ inputId }) => inputId),
      done.inputs.map(({ id }) => id),
    ];
  };
  const even = added.filter((_, index) => index % 2 === 0);
  const page = (list: readonly string[], at: number) => list.slice((at - 1) * 10, at * 10);
  for (const at of [1, 2, 3]) expect(await seen(at)).toEqual([page(even, at), page(even, at), page(added, at)]);

  const gone = even[0] ?? '';
  await client.call('DeleteDatasetInputs', { userAppId, datasetId: 'd', inputIds: [gone] });
  expect(await seen(4)).toEqual([page(even.slice(1), 4), page(even, 4), page(added, 4)]);
  await client.call('DeleteInputs', { userAppId, ids: [gone] });
  emulator.advance(1000);
  expect(await seen(5)).toEqual([page(even.slice(1), 5), page(even.slice(1), 5), page(added.slice(1), 5)]);
});

function recordOf(id: string): InputRecord {
  return {
    id,
    createdAtMs: 0,
    modifiedAtMs: 0,
    data: {},
    datasetIds: [],
    annotations: [],
    statusCode: 30000,
    outcome: 30000,
    failure: undefined,
    job: undefined,
    imageInfo: undefined,
    bytes: undefined,
    position: -1,
  };
}
