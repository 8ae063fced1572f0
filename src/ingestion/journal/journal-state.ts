import { Digests } from './digests';
import type { DoneKind, JournalRecord } from './records';

interface Passed {
  readonly order: number;
  readonly kind: DoneKind;
}

/** What the records of a journal amount to. Resuming and compaction both read it, so that both mean the same. */
export class JournalState {
  /** Where the source goes on. */
  cursor: string | undefined;
  /** Items that earlier sessions, and this one, have read up to there. */
  #before = 0;
  #upTo = 0;
  /** Ids that earlier sessions may have sent, whose fate is not known. */
  readonly unknown: Set<string> = new Set();
  /** Ids that this session may have sent, by the order of their items. */
  readonly inFlight: Map<number, string> = new Map();
  /** What became of items after the cursor, by their own cursors. */
  readonly passed: Map<string, Passed> = new Map();
  /** What became of items without a cursor. */
  readonly done: Digests = new Digests();

  /** Items of the source up to the cursor. */
  get itemsBefore(): number {
    return this.#before + this.#upTo;
  }

  apply(record: JournalRecord): void {
    switch (record[0]) {
      case 'session':
        return this.#beginSession();
      case 'sent': {
        const [, order, id] = record;
        this.inFlight.set(order, id);
        this.unknown.delete(id);
        return;
      }
      case 'done': {
        const [, order, kind, key = this.inFlight.get(order)] = record;
        if (key !== undefined) this.done.add(key, kind);
        this.inFlight.delete(order);
        return;
      }
      case 'passed': {
        const [, order, kind, cursor] = record;
        this.passed.set(cursor, { order, kind });
        this.inFlight.delete(order);
        return;
      }
      case 'cursor':
        return this.#moveTo(record[1], record[2]);
    }
  }

  /** Records that amount to the same, but for those in `done`. */
  *records(): Generator<JournalRecord> {
    const passed = [...this.passed];
    if (this.cursor !== undefined) yield ['cursor', this.#before - 1, this.cursor];
    let order = 0;
    for (const id of this.unknown) yield ['sent', order++, id];
    for (const [cursor, before] of passed)
      if (before.order === Infinity) yield ['passed', order++, before.kind, cursor];
    yield ['session'];
    if (this.cursor !== undefined) yield ['cursor', this.#upTo - 1, this.cursor];
    for (const [order, id] of this.inFlight) yield ['sent', order, id];
    for (const [cursor, { order, kind }] of passed) if (order !== Infinity) yield ['passed', order, kind, cursor];
  }

  #beginSession(): void {
    this.#before += this.#upTo;
    this.#upTo = 0;
    for (const id of this.inFlight.values()) this.unknown.add(id);
    this.inFlight.clear();
    // Read again by the new session, they get their orders in it; a cursor does not pass them before.
    for (const [cursor, { kind }] of this.passed) this.passed.set(cursor, { order: Infinity, kind });
  }

  #moveTo(upTo: number, cursor: string): void {
    this.cursor = cursor;
    this.#upTo = upTo + 1;
    for (const [passed, { order }] of this.passed) if (order <= upTo) this.passed.delete(passed);
  }
}
