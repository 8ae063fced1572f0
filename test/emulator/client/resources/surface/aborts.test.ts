import { arrived } from '../harness';
import { settled } from './row';
import { calls } from './rows';
import { useWorld } from './world';

const world = useWorld();

const each = calls.flatMap(([method, row]) => row.rpcs.map((rpc) => [method, rpc, row] as const));

test.each(each)('%s ends with the reason of an abort while %s is not answered', async (method, rpc, row) => {
  const { emulator } = world();
  emulator.rule(rpc, { blackHole: true });
  const aborting = new AbortController();
  const reason = new Error(`enough of ${method}`);
  const options = { signal: aborting.signal, metadata: { 'x-test': method } };
  const ending = Promise.resolve(row.run(world(), options)).then(settled);
  const asked = setInterval(() => {
    if (emulator.requests({ method: rpc }).length > 0) aborting.abort(reason);
  }, 1);
  await expect(ending.finally(() => clearInterval(asked))).rejects.toBe(reason);
});

test.each(calls)('%s sends nothing under a signal that has been aborted', async (method, row) => {
  const reason = new Error('before it began');
  const options = { signal: AbortSignal.abort(reason), metadata: { 'x-test': method } };
  await expect((async () => settled(await row.run(world(), options)))()).rejects.toBe(reason);
  await arrived(world());
  expect(
    world()
      .emulator.requests()
      .filter(({ metadata }) => metadata['x-test'] === method),
  ).toEqual([]);
});
