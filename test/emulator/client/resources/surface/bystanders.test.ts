import { inventory } from './inventory';
import { settled } from './row';
import { calls } from './rows';
import { useWorld } from './world';

const world = useWorld();

/** The same before each test. */
let before: ReadonlySet<string> | undefined;

/** What is stored before a call and not after it. */
async function lostBy(call: () => Promise<unknown>): Promise<readonly string[]> {
  before ??= await inventory(world());
  await call();
  // The service takes a moment to delete.
  world().emulator.advance(60_000);
  const after = await inventory(world());
  return [...before].filter((one) => !after.has(one));
}

const deleting = calls.flatMap(([method, row]) =>
  row.deletes === undefined ? [] : [[method, row.deletes, row] as const],
);
const keeping = calls.filter(([, row]) => row.deletes === undefined);

test.each(deleting)('%s deletes %j, and nothing else', async (_method, deletes, { run }) => {
  const lost = await lostBy(async () => settled(await run(world(), {})));
  const asked = (one: string): boolean =>
    deletes.some((what) => (what.endsWith('*') ? one.startsWith(what.slice(0, -1)) : one === what));
  expect(lost.filter((one) => !asked(one))).toEqual([]);
  for (const what of deletes) expect(lost.some((one) => one.startsWith(what.replace('*', '')))).toBe(true);
});

test.each(keeping)('%s deletes nothing', async (_method, { run }) => {
  expect(await lostBy(async () => settled(await run(world(), {})))).toEqual([]);
});

test.each(deleting)('%s of what is not there deletes nothing', async (_method, _deletes, { missing }) => {
  const call = async (): Promise<unknown> => settled(await missing.run(world(), {}));
  expect(await lostBy(() => call().catch(() => undefined))).toEqual([]);
});
