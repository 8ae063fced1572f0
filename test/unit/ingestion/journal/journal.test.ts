import { systemClock } from '../../../../src/base/clock';
import { type Journal, type JournalOptions, openJournal } from '../../../../src/ingestion/journal/journal';
import type { DoneKind } from '../../../../src/ingestion/journal/records';
import { type JournalItem, recall, sent } from './journal-item';
import { SimulatedDisk } from './simulated-disk';

const path = '/journal';
const identity = { base: 'https://api.clarifai.com', userId: 'me', appId: 'main', ids: 'content' } as const;
let disk: SimulatedDisk;

beforeEach(() => (disk = new SimulatedDisk()));

const open = (options: Partial<JournalOptions> = {}): Promise<Journal> =>
  openJournal({ path, identity, clock: systemClock, files: disk, ...options });

const plain = (order: number): JournalItem => ({ order, id: `id-${order}`, cursor: undefined });
const withCursor = (order: number): JournalItem => ({ order, id: `id-${order}`, cursor: `at-${order}` });

/** Does what a run does with items that all go through. */
async function process(journal: Journal, items: readonly JournalItem[], kind: DoneKind = 'accepted'): Promise<void> {
  for (const item of items) expect(recall(journal, item)).toBeUndefined();
  await sent(journal, items);
  for (const item of items) journal.settled(item.order, kind);
  for (const { order } of items) journal.reported(order);
}

/** What a run after this one knows. */
async function recallAll(items: readonly JournalItem[]): Promise<unknown[]> {
  const journal = await open();
  const known = items.map((item) => recall(journal, item));
  await journal.close();
  return known;
}

test('what may have been sent is known, and what became of it when that was known', async () => {
  const journal = await open();
  for (let order = 0; order < 4; order++) recall(journal, plain(order));
  await sent(journal, [plain(0), plain(1), plain(2)]);
  journal.settled(1, 'accepted');
  journal.settled(2, 'rejected');
  await journal.close();
  expect(await recallAll([0, 1, 2, 3].map(plain))).toEqual(['sent', 'accepted', 'rejected', undefined]);
});

test('items are known by their ids, wherever in the source they come again', async () => {
  const journal = await open();
  await process(journal, [plain(0), plain(1)], 'confirmed');
  await journal.close();
  const again = [{ ...plain(5), order: 0 }, { ...plain(1), order: 1 }, plain(2), { ...plain(0), order: 3 }];
  expect(await recallAll(again)).toEqual([undefined, 'confirmed', undefined, 'confirmed']);
});

test('an id that was rejected, and then sent once more, is neither given up nor taken for another', async () => {
  const journal = await open();
  const [first, second] = [plain(0), { ...plain(0), order: 1 }];
  await process(journal, [first], 'rejected');
  recall(journal, second);
  await sent(journal, [second]);
  await journal.close();
  expect(await recallAll([first, second])).toEqual(['rejected', 'sent']);
});

test('what was refused before it had an id is known by its place, to an item that is refused again', async () => {
  const journal = await open();
  const wrong = { order: 0, id: undefined, cursor: undefined };
  await process(journal, [wrong], 'dead-lettered');
  await journal.close();
  expect(await recallAll([plain(0)])).toEqual([undefined]);
  expect(await recallAll([wrong])).toEqual(['dead-lettered']);
});

describe('with cursors', () => {
  test('the source goes on where all before has been reported, and what came after is known', async () => {
    const journal = await open();
    const items = [0, 1, 2, 3, 4].map(withCursor);
    for (const item of items) recall(journal, item);
    await sent(journal, items);
    for (const order of [0, 1, 3]) journal.settled(order, 'accepted');
    for (const order of [0, 1, 3]) journal.reported(order);
    await journal.close();
    const next = await open();
    expect(next.cursor).toBe('at-1');
    // Their orders begin again.
    const again = [2, 3, 4].map((at, order) => ({ ...withCursor(at), order }));
    expect(again.map((item) => recall(next, item))).toEqual(['sent', 'accepted', 'sent']);
    await next.close();
  });

  test('an item with the id of one that was recalled repeats it, when that has an input', async () => {
    const journal = await open();
    const items = [0, 1].map(withCursor);
    for (const item of items) recall(journal, item);
    await sent(journal, items);
    journal.settled(0, 'accepted');
    journal.settled(1, 'rejected');
    await journal.close();
    const next = await open();
    for (const item of items) recall(next, item);
    const again = [2, 3].map((order) => ({ ...withCursor(order), id: `id-${order - 2}` }));
    expect(again.map((item) => recall(next, item))).toEqual(['repeated', undefined]);
    await next.close();
  });

  test('a run knows how many items lie before the cursor, through sessions and compactions', async () => {
    const counts: number[] = [];
    let at = 0;
    for (let session = 0; session < 3; session++) {
      const journal = await open({ segmentBytes: 500 });
      counts.push(journal.itemsBefore);
      for (let order = 0; order < 50; order++) await process(journal, [{ ...withCursor(at++), order }]);
      await journal.close();
    }
    expect(counts).toEqual([0, 50, 100]);
  });

  test('what is known but was not reported is told by the next run', async () => {
    const journal = await open();
    recall(journal, withCursor(0));
    await sent(journal, [withCursor(0)]);
    journal.settled(0, 'already-existed');
    await journal.close();
    const next = await open();
    expect(next.cursor).toBeUndefined();
    expect(recall(next, withCursor(0))).toBe('already-existed');
    await next.close();
  });

  test('the journal of a long run stays small', async () => {
    const journal = await open({ segmentBytes: 2000 });
    for (let order = 0; order < 2000; order++) await process(journal, [withCursor(order)]);
    await journal.close();
    expect(disk.paths).toEqual([expect.stringMatching(/^\/journal\/log-\d{6}$/)]);
    expect(disk.contents(disk.paths[0] ?? '').length).toBeLessThan(4000);
    expect((await open()).cursor).toBe('at-1999');
  });

  test('resuming again and again leaves nothing behind', async () => {
    let previous = 0;
    for (let run = 0; run < 20; run++) {
      const journal = await open({ segmentBytes: 1000 });
      const from = Number(journal.cursor?.slice(3) ?? -1) + 1;
      expect(from).toBe(run === 0 ? 0 : previous + 1);
      const items = Array.from({ length: 10 }, (_, order) => ({ ...withCursor(from + order), order }));
      for (const item of items) recall(journal, item);
      await sent(journal, items);
      for (const item of items) journal.settled(item.order, 'accepted');
      journal.reported(0);
      previous = from;
      await journal.close();
    }
    const journal = await open();
    await process(journal, [{ order: 0, id: 'other', cursor: 'other' }]);
    await journal.close();
    // The header, the cursor and the nine items that were known after it.
    expect(disk.contents(disk.paths.at(-1) ?? '').length).toBeLessThan(2000);
  });
});

test('compaction forgets nothing, and keeps 12 bytes of an item that is done', async () => {
  const journal = await open({ segmentBytes: 10_000 });
  const items = Array.from({ length: 5000 }, (_, order) => plain(order));
  for (let from = 0; from < 5000; from += 100) await process(journal, items.slice(from, from + 100));
  recall(journal, plain(5000));
  await sent(journal, [plain(5000)]);
  await journal.close();
  const bytes = disk.paths.reduce((sum, name) => sum + disk.contents(name).length, 0);
  expect(bytes).toBeLessThan(5000 * 12 + 60 * 300 + 20_000);
  expect(await recallAll([...items, plain(5000), plain(5001)])).toEqual([
    ...items.map(() => 'accepted'),
    'sent',
    undefined,
  ]);
});

describe('a journal is refused', () => {
  beforeEach(async () => (await open()).close());

  test.each([
    [{ base: 'https://other' }, 'base https://other'],
    [{ userId: 'you' }, 'userId you'],
    [{ appId: undefined }, 'appId none'],
    [{ ids: 'random' }, 'ids random'],
  ] as const)('by a run with %j', async (change, text) => {
    const opening = open({ identity: { ...identity, ...change } });
    await expect(opening).rejects.toMatchObject({ name: 'InvalidRequestError', code: 'JOURNAL_MISMATCH' });
    await expect(opening).rejects.toThrow(`Expected the journal of a run with ${text}, got one with`);
    await (await open()).close();
  });

  test('while another run has it', async () => {
    const journal = await open();
    await expect(open()).rejects.toMatchObject({ code: 'JOURNAL_LOCKED' });
    await journal.close();
    await (await open()).close();
  });

  test('when its directory holds anything else', async () => {
    await disk.create(`${path}/photos.csv`);
    await expect(open()).rejects.toThrow("a directory that is the journal's own, but /journal holds photos.csv");
  });

  test('when its log is gone', async () => {
    await disk.rename(`${path}/log-000001`, `${path}/done-000001`);
    await expect(open()).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
  });
});

describe('what the disk does', () => {
  test('a journal whose last commit ends at any byte, or has any wrong one, is read up to it', async () => {
    const journal = await open();
    await process(journal, [plain(0)]);
    await journal.close();
    const log = `${path}/log-000001`;
    const before = disk.contents(log);
    const next = await open();
    recall(next, plain(0));
    recall(next, plain(1));
    await sent(next, [plain(1)]);
    await next.close();
    const whole = disk.contents(log);
    for (let at = before.length; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      for (const contents of [whole.subarray(0, at), damaged]) {
        disk.overwrite(log, contents);
        expect(await recallAll([plain(0), plain(1)])).toEqual(['accepted', undefined]);
      }
    }
  });

  test('a journal with a wrong byte anywhere before its last commit is refused', async () => {
    const journal = await open();
    await process(journal, [plain(0)]);
    await journal.close();
    const log = `${path}/log-000001`;
    const whole = disk.contents(log);
    await (await open()).close();
    const longer = disk.contents(log);
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(longer);
      damaged[at] = (damaged[at] ?? 0) ^ 0x01;
      disk.overwrite(log, damaged);
      await expect(open()).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
    }
  });

  test('a disk that takes a few bytes at a time gets all of them', async () => {
    disk.mostPerAppend = 7;
    const journal = await open();
    await process(journal, [plain(0), plain(1)]);
    await journal.close();
    expect(await recallAll([plain(0), plain(1)])).toEqual(['accepted', 'accepted']);
  });

  test('a disk that is full is told of, nothing is sent, and with more room the run goes on', async () => {
    const journal = await open();
    const failures: unknown[] = [];
    journal.watch((reason) => failures.push(reason));
    await process(journal, [plain(0)]);
    disk.space = 20;
    recall(journal, plain(1));
    await expect(sent(journal, [plain(1)])).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    await expect(sent(journal, [plain(2)])).rejects.toThrow('ENOSPC');
    await journal.close();
    expect(failures).toHaveLength(1);
    disk.space = Infinity;
    expect(await recallAll([plain(0), plain(1)])).toEqual(['sent', undefined]);
  });
});
