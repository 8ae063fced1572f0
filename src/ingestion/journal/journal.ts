import { invalidRequest } from '../../base/assert';
import type { Clock, Timer } from '../../base/clock';
import { ClarifaiError } from '../../base/errors';
import { randomId } from '../../base/ids';
import type { DigestSet } from './digest-set';
import { GroupCommit } from './group-commit';
import type { JournalFiles } from './journal-files';
import { lockJournal } from './journal-lock';
import { type JournalLog, type Opened, openJournalLog } from './journal-log';
import { LowWaterMark } from './low-water-mark';
import { type DoneKind, hasInput, type JournalIdentity, type JournalRecord } from './records';

export interface JournalOptions {
  /** A directory of its own, which is made when it is not there. */
  readonly path: string;
  readonly identity: JournalIdentity;
  readonly clock: Clock;
  readonly files: JournalFiles;
  /** Size at which the log is compacted. @default 4194304 (4 MiB) */
  readonly segmentBytes?: number | undefined;
}

/** Compaction holds a log in memory. */
const defaultSegmentBytes = 4 * 1024 * 1024;

/** How long what became of items may wait to be committed: the window of outcomes that a resumed run repeats. */
const flushMs = 100;

/**
 * What earlier runs knew of an item: what became of it, or that it may have been sent. `repeated` is one whose id was recalled
 * for an item before it, which has an input.
 */
export type Recalled = DoneKind | 'sent' | 'repeated' | undefined;

/**
 * What a run has to know of those before it. The README of this folder says what is noted when, and why that is enough:
 * whatever is not committed when the process or the machine stops costs repeated outcomes, and no item.
 */
export class Journal {
  /** Where the source goes on. */
  readonly cursor: string | undefined;
  /** Items of the source that are not read again: those up to the cursor. */
  readonly itemsBefore: number;
  /** What the random ids of the run are made from. */
  readonly seed: string;
  readonly #path: string;
  readonly #log: JournalLog;
  readonly #clock: Clock;
  readonly #unlock: () => Promise<void>;
  /** What became of items that the source gives again: of those with cursors, and of those without. */
  readonly #passed: Map<string, { readonly kind: DoneKind }>;
  readonly #done: DigestSet;
  /** Ids of items with cursors that were recalled, and have an input. */
  readonly #recalled = new Set<string>();
  /** Ids that earlier runs may have sent. */
  readonly #unknown: Set<string>;
  /** Of the items under way, by their order. */
  readonly #cursors = new Map<number, string>();
  readonly #sent = new Set<number>();
  readonly #nameless = new Set<number>();
  readonly #mark = new LowWaterMark();
  /** Says that the mark has moved, which no commit has said yet. */
  #markDue: JournalRecord | undefined;
  readonly #commit: GroupCommit<JournalRecord>;
  #timer: Timer | undefined;
  #onFailure: ((reason: ClarifaiError) => void) | undefined;

  constructor({ path, clock }: JournalOptions, { log, state, done }: Opened, unlock: () => Promise<void>) {
    this.cursor = state.cursor;
    this.itemsBefore = state.itemsBefore;
    this.seed = log.header.seed;
    this.#path = path;
    this.#log = log;
    this.#clock = clock;
    this.#unlock = unlock;
    this.#passed = state.passed;
    this.#unknown = state.unknown;
    this.#done = done;
    this.#commit = new GroupCommit((records) => this.#write(records));
    this.#commit.add(['session']);
  }

  /** @param onFailure called once, when the journal cannot be written any more */
  watch(onFailure: (reason: ClarifaiError) => void): void {
    this.#onFailure = onFailure;
  }

  /** Notes the cursor of an item, before anything else is said of it. */
  locate(order: number, cursor: string): void {
    this.#cursors.set(order, cursor);
  }

  /** Where the source gave an item that is under way. */
  cursorOf(order: number): string | undefined {
    return this.#cursors.get(order);
  }

  /**
   * What earlier runs knew of an item. Asked once of each, in the order in which the run has read them, from 0.
   *
   * @param id `undefined` when the item is wrong, so that it has none
   */
  recall(order: number, id: string | undefined): Recalled {
    const cursor = this.#cursors.get(order);
    this.#mark.read(order, cursor);
    if (id === undefined) this.#nameless.add(order);
    const kind = cursor === undefined ? this.#done.take(id ?? keyOf(order)) : this.#recallAt(cursor, id);
    if (kind === undefined) return id !== undefined && this.#unknown.delete(id) ? 'sent' : undefined;
    return kind;
  }

  #recallAt(cursor: string, id: string | undefined): DoneKind | 'repeated' | undefined {
    const kind = this.#passed.get(cursor)?.kind;
    if (id === undefined) return kind;
    if (kind !== undefined && hasInput(kind)) this.#recalled.add(id);
    return kind === undefined && this.#recalled.has(id) ? 'repeated' : kind;
  }

  /** Resolves when it is durable that the items may be sent. Items that are sent again cost nothing. */
  async sent(items: readonly { readonly index: number; readonly id: string }[]): Promise<void> {
    let isNew = false;
    for (const { index, id } of items) {
      if (this.#sent.has(index)) continue;
      this.#sent.add(index);
      this.#commit.add(['sent', index, id]);
      isNew = true;
    }
    if (isNew) await this.#flush();
  }

  /** Notes what became of an item. */
  settled(order: number, kind: DoneKind): void {
    const cursor = this.#cursors.get(order);
    this.#cursors.delete(order);
    const wasSent = this.#sent.delete(order);
    const isNameless = this.#nameless.delete(order);
    if (cursor !== undefined) this.#commit.add(['passed', order, kind, cursor]);
    else if (wasSent) this.#commit.add(['done', order, kind]);
    // Refused before it had an id: it is known again by its place, when it is refused again.
    else if (isNameless) this.#commit.add(['done', order, kind, keyOf(order)]);
    else return;
    this.#flushSoon();
  }

  /** Notes that the outcome of an item has been reported. */
  reported(order: number): void {
    const mark = this.#mark.reported(order);
    if (mark === undefined) return;
    this.#markDue = ['cursor', mark.order, mark.cursor];
    this.#flushSoon();
  }

  /** Commits what is left, and lets go of the journal. */
  async close(): Promise<void> {
    // Whoever watches has been told.
    await this.#flush().catch(() => undefined);
    await this.#log.close().catch(() => undefined);
    await this.#unlock();
  }

  #flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#markDue !== undefined) this.#commit.add(this.#markDue);
    this.#markDue = undefined;
    return this.#commit.flush();
  }

  #flushSoon(): void {
    this.#timer ??= this.#clock.setTimer(() => void this.#flush().catch(() => undefined), flushMs);
  }

  async #write(records: readonly JournalRecord[]): Promise<void> {
    try {
      await this.#log.append(records);
    } catch (error) {
      const reason = failed(this.#path, error);
      this.#onFailure?.(reason);
      throw reason;
    }
  }
}

/**
 * Opens the journal of a directory for this run, or begins one.
 *
 * @throws InvalidRequestError `JOURNAL_LOCKED` when another run has it, `JOURNAL_MISMATCH` when it is of another run,
 * `JOURNAL_CORRUPT` when it is damaged, `JOURNAL_FAILED` when it cannot be read or written
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { path, identity, files, segmentBytes = defaultSegmentBytes } = options;
  let unlock: (() => Promise<void>) | undefined;
  try {
    await files.makeDirectory(path);
    unlock = await lockJournal(path, files);
    const header = { format: 'clarifai-grpc journal', version: 1, ...identity, seed: randomId() } as const;
    const opened = await openJournalLog({ files, directory: path, segmentBytes }, header);
    opened.state.apply(['session']);
    return new Journal(options, opened, unlock);
  } catch (error) {
    await unlock?.().catch(() => undefined);
    throw failed(path, error);
  }
}

/** What an item without an id is known by. No id looks like it, for ids have no spaces. */
function keyOf(order: number): string {
  return `item ${order}`;
}

function failed(path: string, error: unknown): ClarifaiError {
  if (error instanceof ClarifaiError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return invalidRequest(
    `Expected \`resume\` to be a journal that can be read and written, but ${path} failed: ${reason}`,
    {
      code: 'JOURNAL_FAILED',
      cause: error,
    },
  );
}
