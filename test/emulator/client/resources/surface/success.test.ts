import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Listing } from '../../../../../src/operations/listing';
import { arrived } from '../harness';
import { outcomesIn, settled } from './row';
import { calls, methodOf, rows } from './rows';
import { methodsOf, reachableHandles } from './walk';
import { useWorld } from './world';

const world = useWorld();

test('every public method that can be reached from the client has a row, and every row is such a method', () => {
  expect([...new Set(Object.keys(rows).map(methodOf))].sort()).toEqual(
    methodsOf(reachableHandles(world(), rows)).sort(),
  );
});

test('making handles asks nothing of the service', async () => {
  for (const row of Object.values(rows)) if (row.kind === 'handle') row.make(world());
  await arrived(world());
  expect(
    world()
      .emulator.requests()
      .map(({ method }) => method),
  ).toEqual(['GetUser']);
});

const elsewhere = Object.entries(rows).flatMap(([method, row]) =>
  row.kind === 'elsewhere' ? [[method, row.file] as const] : [],
);

test.each(elsewhere)('%s is called in %s', (method, file) => {
  const name = method.slice(method.indexOf('.'));
  expect(readFileSync(join(__dirname, '../../../../..', file), 'utf8')).toContain(`${name}(`);
});

test.each(calls)('%s answers, and sends what it says with the options that it is given', async (method, row) => {
  const { emulator } = world();
  const result = row.run(world(), { metadata: { 'x-test': method } });
  expect(result instanceof Listing).toBe(row.pages ?? false);
  const answer = await settled(result);
  expect(outcomesIn(answer).filter(({ ok }) => !ok)).toEqual([]);
  // Pages that the test before had asked for in advance may still come in.
  const sent = emulator.requests().filter(({ metadata }) => metadata['x-test'] === method);
  expect([...new Set(sent.map(({ method: rpc }) => rpc))]).toEqual(row.rpcs);
});
