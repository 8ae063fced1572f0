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
