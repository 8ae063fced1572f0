import { StatusCode } from '../../../../../generated/proto/clarifai/api/status/status_code';
import { Listing } from '../../../../../src/operations/listing';
import { arrived } from '../harness';
import type { Run } from './row';
import { calls } from './rows';
import { useWorld } from './world';

const world = useWorld();

const lists = calls.flatMap(([method, { rpcs, run, pages }]) => {
  const rpc = rpcs.at(-1);
  return pages === true && rpc !== undefined ? [[method, rpc, run] as const] : [];
});
/** It goes on after an item, and not page by page. */
const withFirstPage = lists.filter(([method]) => method !== 'Inputs.scan');

async function pagesOf(listing: Listing<unknown>): Promise<(readonly unknown[])[]> {
  const pages: (readonly unknown[])[] = [];
  for await (const page of listing.pages()) pages.push(page);
  return pages;
}

function listing(run: Run, options: Parameters<Run>[1]): Listing<unknown> {
  const made = run(world(), options);
  if (!(made instanceof Listing)) throw new TypeError('This is no list');
  return made as Listing<unknown>;
}

test.each(lists)(
  '%s gives everything once and in order in pages of two, until %s gives an empty page',
  async (_method, rpc, run) => {
    const all = await listing(run, { pageSize: 1000 }).toArray();
    expect(all.length).toBeGreaterThanOrEqual(5);
    const { emulator } = world();
    const before = emulator.requests({ method: rpc }).length;
    const pages = await pagesOf(listing(run, { pageSize: 2 }));
    expect(pages.flat()).toEqual(all);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(2);
    // A short page is no end: the service is asked until it has no more.
    expect(emulator.requests({ method: rpc }).length - before).toBeGreaterThan(all.length / 2);
  },
);

test.each(withFirstPage)('%s begins with the page that it is told to', async (_method, _rpc, run) => {
  const all = await pagesOf(listing(run, { pageSize: 2 }));
  expect(await pagesOf(listing(run, { pageSize: 2, firstPage: 2 }))).toEqual(all.slice(1));
});

test.each(lists)('%s reads anew each time, and asks %s for nothing before it is read', async (_method, rpc, run) => {
  const { emulator } = world();
  const once = listing(run, { pageSize: 3, metadata: { 'x-test': 'anew' } });
  const asked = async (): Promise<number> => {
    await arrived(world());
    return emulator.requests({ method: rpc }).filter(({ metadata }) => metadata['x-test'] === 'anew').length;
  };
  expect(await asked()).toBe(0);
  const first = await once.toArray();
  const askedAtFirst = await asked();
  expect(await once.toArray()).toEqual(first);
  expect(await asked()).toBe(2 * askedAtFirst);
});

test.each(lists)(
  '%s rejects when %s fails on a later page, and does not stop short without a word',
  async (_method, rpc, run) => {
    const { emulator } = world();
    const reading = (async () => {
      let read = 0;
      for await (const _ of listing(run, { pageSize: 1 })) {
        if (++read === 1) emulator.rule(rpc, { status: StatusCode.CONN_KEY_NOT_FOUND });
      }
    })();
    await expect(reading).rejects.toMatchObject({ method: rpc, statusCode: StatusCode.CONN_KEY_NOT_FOUND });
  },
);

test.each(lists)(
  '%s refuses a page of no size and a page before the first, and sends nothing',
  async (_method, _rpc, run) => {
    const { emulator } = world();
    const before = emulator.requests().length;
    expect(() => listing(run, { pageSize: 0 })).toThrow('Expected `pageSize` to be an integer from 1 to 1000, got `0`');
    expect(() => listing(run, { pageSize: 1001 })).toThrow('Expected `pageSize`');
    expect(() => listing(run, { firstPage: 0 })).toThrow(
      'Expected `firstPage` to be an integer of at least 1, got `0`',
    );
    await arrived(world());
    expect(emulator.requests()).toHaveLength(before + 1);
  },
);
