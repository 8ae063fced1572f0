import {
  Input as inputCodec,
  MultiInputResponse,
  SingleInputsAddJobResponse as jobCodec,
} from '../../../generated/codec/core';
import type { Input } from '../../../generated/proto/clarifai/api/resources';
import type { ListInputsRequest, SingleInputsAddJobResponse } from '../../../generated/proto/clarifai/api/service';
import type { Status } from '../../../generated/proto/clarifai/api/status/status';
import { sleep } from '../../../src/base/abort';
import { UnavailableError } from '../../../src/base/errors';
import { fromStatus } from '../../../src/base/to-clarifai-error';
import { unknownClient } from '../../../src/diagnostics/unknown-client';
import type { Fate } from '../../../src/ingestion/fate';
import { resolveIngestOptions } from '../../../src/ingestion/ingest-options';
import { Limiter } from '../../../src/ingestion/limiter';
import { Confirmer } from '../../../src/ingestion/settle/confirmer';
import type { Invoke } from '../../../src/operations/invoker';
import { FakeClock } from '../fake-clock';

const input = (id: string, code: number): Input => inputCodec.decode(inputCodec.encode({ id, status: { code } }));

function jobWith(unfinished: number | Error | undefined): SingleInputsAddJobResponse {
  if (unfinished instanceof Error) throw unfinished;
  if (unfinished === undefined)
    throw fromStatus({ code: 11101, description: 'No such job', details: '' } as Status, { method: 'GetInputsAddJob' });
  const progress = { pendingCount: Math.ceil(unfinished / 2), inProgressCount: Math.floor(unfinished / 2) };
  return jobCodec.decode(jobCodec.encode({ status: { code: 10000 }, inputsAddJob: { progress } }));
}

/**
 * Accepts some inputs and looks at them in fake time.
 *
 * @param statusAt what a look finds, `undefined` when the input is not there
 * @param unfinishedAt how many inputs of the job are not finished at a time, `undefined` when there is no such job, or how asking fails
 * @param chunkMs milliseconds between chunks of 128 inputs; 0 when all come at once
 * @param askMs milliseconds until the service says how the job stands
 */
async function confirm(
  count: number,
  statusAt: (look: number, id: string, atMs: number) => number | undefined,
  unfinishedAt: (atMs: number) => number | Error | undefined = () => 0,
  { chunkMs = 0, askMs = 0 } = {},
): Promise<{ readonly looks: { readonly atMs: number; readonly ids: number }[]; readonly fates: Map<string, Fate> }> {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const looks: { atMs: number; ids: number }[] = [];
  const fates = new Map<string, Fate>();
  const invoke = (async (method: string, { ids }: ListInputsRequest) => {
    if (method === 'GetInputsAddJob') {
      if (askMs > 0) await sleep(askMs, clock);
      return jobWith(unfinishedAt(clock.now() - startedAt));
    }
    looks.push({ atMs: clock.now() - startedAt, ids: ids.length });
    const found = ids.flatMap((id) => {
      const status = statusAt(looks.length, id, clock.now() - startedAt);
      return status === undefined ? [] : [input(id, status)];
    });
    return MultiInputResponse.decode(MultiInputResponse.encode({ status: { code: 10000 }, inputs: found }));
  }) as Invoke;
  let held = count;
  const confirmer = new Confirmer(
    {
      sender: { client: unknownClient, invoke, userAppId: undefined, jobId: 'job', random: () => 1 },
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
    if (chunkMs > 0 && index % 128 === 127) await clock.advance(chunkMs);
  }
  if (chunkMs === 0) expect(held).toBe(0);
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

test('while the job has none that is finished, only the job is asked', async () => {
  const { looks } = await confirm(
    1000,
    () => 30000,
    (atMs) => (atMs < 3000 ? 1000 : 0),
  );
  expect(looks.map(({ ids }) => ids)).toEqual([500, 500]);
  expect(looks[0]?.atMs).toBeGreaterThanOrEqual(3000);
  expect(looks[0]?.atMs).toBeLessThan(5000);
});

test('a look is worth it when half of its inputs may be finished', async () => {
  const { looks } = await confirm(
    500,
    () => 30000,
    (atMs) => (atMs < 2000 ? 251 : 250),
  );
  expect(looks).toHaveLength(1);
  expect(looks[0]?.atMs).toBeGreaterThanOrEqual(2000);
  expect(looks[0]?.atMs).toBeLessThan(4000);
});

test('a job that counts wrong does not keep inputs from being looked at', async () => {
  const { looks, fates } = await confirm(
    1,
    () => 30000,
    () => 7,
  );
  expect(fates.get('0')).toMatchObject({ kind: 'confirmed' });
  expect(looks[0]?.atMs).toBeLessThan(60_000);
});

test('a job that cannot be asked for a while does not keep inputs from being looked at', async () => {
  const unavailable = new UnavailableError('gone', { code: 'UNAVAILABLE', source: 'grpc', category: 'transient' });
  const { looks } = await confirm(
    500,
    () => 30000,
    () => unavailable,
  );
  expect(looks.map(({ ids }) => ids)).toEqual([500]);
});

test.each([
  ['answers', 0],
  ['fails', new UnavailableError('gone', { code: 'UNAVAILABLE', source: 'grpc', category: 'transient' })],
])('a job that takes long until it %s does not keep inputs from being looked at', async (_how, unfinished) => {
  const { looks } = await confirm(
    500,
    () => 30000,
    () => unfinished,
    { askMs: 600 },
  );
  expect(looks.map(({ ids }) => ids)).toEqual([500]);
});

test('without a job there are looks alone', async () => {
  const { looks } = await confirm(
    1,
    (look) => (look < 3 ? 30003 : 30000),
    () => undefined,
  );
  expect(looks.map(({ atMs }) => atMs)).toEqual([500, 1250, 2375]);
});

test('at full speed each input is listed about once, however long the service takes for it', async () => {
  const [count, chunkMs, processingMs] = [128 * 200, 64, 8000];
  const isDoneAt = (index: number, atMs: number): boolean => Math.floor(index / 128) * chunkMs + processingMs <= atMs;
  const { looks } = await confirm(
    count,
    (_, id, atMs) => (isDoneAt(Number(id), atMs) ? 30000 : 30003),
    (atMs) => {
      const chunksBy = (ms: number): number => Math.min(200, Math.max(0, Math.floor(ms / chunkMs) + 1));
      return 128 * (chunksBy(atMs) - chunksBy(atMs - processingMs));
    },
    { chunkMs },
  );
  const listed = looks.reduce((sum, { ids }) => sum + ids, 0);
  expect(listed / count).toBeLessThan(1.2);
});
