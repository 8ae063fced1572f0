import { Input as inputCodec, MultiInputResponse } from '../../../generated/codec/core';
import type { Input } from '../../../generated/proto/clarifai/api/resources';
import type { ListInputsRequest } from '../../../generated/proto/clarifai/api/service';
import { unknownClient } from '../../../src/diagnostics/unknown-client';
import type { Fate } from '../../../src/ingestion/fate';
import { resolveIngestOptions } from '../../../src/ingestion/ingest-options';
import { Limiter } from '../../../src/ingestion/limiter';
import { Confirmer } from '../../../src/ingestion/settle/confirmer';
import type { Invoke } from '../../../src/operations/invoker';
import { FakeClock } from '../fake-clock';

const input = (id: string, code: number): Input => inputCodec.decode(inputCodec.encode({ id, status: { code } }));

/** Accepts some inputs and looks at them in fake time; `statusAt` says what a look finds, `undefined` that it is not there. */
async function confirm(
  count: number,
  statusAt: (look: number, id: string) => number | undefined,
): Promise<{ readonly looks: { readonly atMs: number; readonly ids: number }[]; readonly fates: Map<string, Fate> }> {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const looks: { atMs: number; ids: number }[] = [];
  const fates = new Map<string, Fate>();
  const invoke = (async (_method: string, { ids }: ListInputsRequest) => {
    looks.push({ atMs: clock.now() - startedAt, ids: ids.length });
    const found = ids.flatMap((id) => {
      const status = statusAt(looks.length, id);
      return status === undefined ? [] : [input(id, status)];
    });
    return MultiInputResponse.decode(MultiInputResponse.encode({ status: { code: 10000 }, inputs: found }));
  }) as Invoke;
  let held = count;
  const confirmer = new Confirmer(
    {
      sender: { client: unknownClient, invoke, userAppId: undefined, random: () => 1 },
      options: resolveIngestOptions(undefined, {}, 'run'),
      limiter: new Limiter(clock, null),
      clock,
    },
    new AbortController().signal,
    {
      settled: (_, id = '', fate) => fates.set(id, fate),
      freed: () => (held -= 1),
      held: () => (held += 1),
      failed: (reason) => expect(reason).toBeUndefined(),
    },
  );
  for (let index = 0; index < count; index++) {
    confirmer.deliver(index, `${index}`, { kind: 'accepted', input: input(`${index}`, 30001) });
  }
  expect(held).toBe(0);
  await clock.run(confirmer.idle());
  expect(held).toBe(count);
  expect(fates.size).toBe(count);
  return { looks, fates };
}

test('inputs are looked at 500 at a time, half a second after they were accepted', async () => {
  const { looks, fates } = await confirm(1200, () => 30000);
  expect(looks).toEqual([
    { atMs: 500, ids: 500 },
    { atMs: 500, ids: 500 },
    { atMs: 500, ids: 200 },
  ]);
  expect(new Set([...fates.values()].map(({ kind }) => kind))).toEqual(new Set(['confirmed']));
});

test('the looks at an input grow rarer, to one in ten seconds', async () => {
  const { looks } = await confirm(1, (look) => (look < 12 ? 30003 : 30000));
  const pauses = looks.map(({ atMs }, index) => atMs - (looks[index - 1]?.atMs ?? 0));
  expect(pauses.slice(0, 3)).toEqual([500, 750, 1125]);
  expect(pauses.slice(-2)).toEqual([10_000, 10_000]);
});

test('an input is rejected when its download failed, and when the app has not had it for five looks', async () => {
  const { looks, fates } = await confirm(3, (_, id) => ({ 0: 30000, 1: 30002 })[id]);
  expect(fates.get('0')).toMatchObject({ kind: 'confirmed' });
  expect(fates.get('1')).toMatchObject({ kind: 'rejected', error: { statusCode: 30002 } });
  expect(fates.get('2')).toMatchObject({ kind: 'rejected', error: { code: 'INPUT_GONE' } });
  expect(looks).toHaveLength(5);
});

test('an input that a list has not yet is looked at again', async () => {
  const { fates } = await confirm(1, (look) => (look < 4 ? undefined : 30000));
  expect(fates.get('0')).toMatchObject({ kind: 'confirmed' });
});
