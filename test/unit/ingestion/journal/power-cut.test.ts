import { systemClock } from '../../../../src/base/clock';
import { type Journal, openJournal } from '../../../../src/ingestion/journal/journal';
import type { DoneKind } from '../../../../src/ingestion/journal/records';
import { seededRandom } from '../../seeded-random';
import { type JournalItem, recall, sent } from './journal-item';
import { type Fate, fates, PowerCut, SimulatedDisk } from './simulated-disk';

const identity = { base: 'https://api.clarifai.com', userId: 'me', appId: 'main', ids: 'content' } as const;
const count = 12;

/** What the journal has promised to know: what a run may rely on after a power cut. */
interface Promised {
  readonly sent: Set<number>;
  readonly settled: Map<number, DoneKind>;
  readonly reported: Set<number>;
}

const open = (disk: SimulatedDisk): Promise<Journal> =>
  openJournal({ path: '/journal', identity, clock: systemClock, files: disk, segmentBytes: 300 });

const item = (place: number, order: number, hasCursor: boolean): JournalItem => ({
  order,
  id: `id-${place}`,
  cursor: hasCursor ? String(place) : undefined,
});

/** Goes on with a journal to the end of the source or of the power, and checks that it knows what it promised. */
async function run(disk: SimulatedDisk, hasCursor: boolean, promised: Promised, random: () => number): Promise<void> {
  const journal = await open(disk);
  const first = journal.cursor === undefined ? 0 : Number(journal.cursor) + 1;
  for (let place = 0; place < first; place++) expect(promised.reported).toContain(place);
  const waiting: { readonly place: number; readonly known: JournalItem }[] = [];
  for (let place = first; place < count; place++) {
    const known = item(place, place - first, hasCursor);
    const recalled = recall(journal, known);
    if (recalled === 'repeated') throw new Error('No id comes twice');
    if (recalled === undefined) expect(promised.sent).not.toContain(place);
    else if (recalled !== 'sent') expect(recalled).toBe(promised.settled.get(place));
    if (recalled !== undefined && recalled !== 'sent') {
      journal.settled(known.order, recalled);
      journal.reported(known.order);
    } else waiting.push({ place, known });
  }
  while (waiting.length > 0) {
    // Chunks of a few items, settled and reported in any order.
    const chunk = waiting.splice(0, 1 + Math.floor(random() * 3));
    await sent(
      journal,
      chunk.map(({ known }) => known),
    );
    for (const { place } of chunk) promised.sent.add(place);
    for (const { place, known } of chunk.sort(() => random() - 0.5)) {
      const kind = random() < 0.3 ? 'rejected' : 'accepted';
      promised.settled.set(place, kind);
      journal.settled(known.order, kind);
      promised.reported.add(place);
      journal.reported(known.order);
    }
  }
  await journal.close();
}

describe.each([true, false])('with cursors: %p', (hasCursor) => {
  test.each(fates)(
    'after a power cut at any step, what was not synced being %s, nothing promised is gone',
    async (fate) => {
      for (let cutAt = 0; await survives(hasCursor, fate, cutAt); cutAt++);
    },
  );
});

/** Whether the power was cut at all at the step. */
async function survives(hasCursor: boolean, fate: Fate, cutAt: number): Promise<boolean> {
  const disk = new SimulatedDisk();
  const promised: Promised = { sent: new Set(), settled: new Map(), reported: new Set() };
  const random = seededRandom(cutAt);
  disk.cutAt = cutAt;
  let wasCut = false;
  // Twice, so that what the first resumption wrote is cut, too.
  for (const nextCut of [cutAt >> 1, Infinity]) {
    await run(disk, hasCursor, promised, random).catch((error: unknown) => {
      if (!isPowerCut(error)) throw error;
      wasCut = true;
    });
    disk.restart(fate);
    disk.cutAt = nextCut;
  }
  disk.cutAt = Infinity;
  await run(disk, hasCursor, promised, random);
  expect(promised.sent.size).toBe(count);
  return wasCut;
}

function isPowerCut(error: unknown): boolean {
  return error instanceof PowerCut || (error instanceof Error && error.cause instanceof PowerCut);
}
