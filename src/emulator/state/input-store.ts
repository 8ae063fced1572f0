import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { Clock } from '../../base/clock';
import { indexById, sortById } from './by-id';
import type { Stateful } from './copy-graph';
import { InputCounts } from './input-counts';
import { mediaUrl } from './input-urls';
import type { InputChanges, InputRecord } from './input-record';
import { InputsAddJob } from './inputs-add-job';
import { PageMarks } from './page-marks';
import { Timeline } from './timeline';

/** How long the asynchronous parts of the service take. */
export interface Lifecycle {
  /** Until an input that was added is being processed. @default 100 */
  readonly pendingMs: number;
  /** Until it has been processed. @default 100 */
  readonly inProgressMs: number;
  /** How long a deleted input can still be read. @default 100 */
  readonly deleteLagMs: number;
}

interface InputStoreState {
  readonly byId: Map<string, InputRecord>;
  readonly jobs: Map<string, InputsAddJob>;
  readonly urls: Map<string, number>;
  readonly counts: InputCounts;
  readonly pending: Timeline<readonly InputRecord[]>;
  readonly inProgress: Timeline<readonly InputRecord[]>;
  readonly deleted: Timeline<InputRecord>;
  readonly order: InputRecord[];
}

/** The inputs of one app. What is due to happen to them happens when somebody looks: there are no timers. */
export class InputStore implements Stateful<InputStoreState> {
  readonly #clock: Clock;
  readonly #lifecycle: Lifecycle;
  #byId = new Map<string, InputRecord>();
  #jobs = new Map<string, InputsAddJob>();
  #urls = new Map<string, number>();
  #counts = new InputCounts();
  #pending: Timeline<readonly InputRecord[]>;
  #inProgress: Timeline<readonly InputRecord[]>;
  #deleted: Timeline<InputRecord>;
  #order: InputRecord[] = [];
  /** All inputs by their ids, once somebody has asked for that; `undefined` again when it is out of date. */
  #sorted: InputRecord[] | undefined;
  readonly #marks = new PageMarks();

  constructor(clock: Clock, lifecycle: Lifecycle) {
    this.#clock = clock;
    this.#lifecycle = lifecycle;
    this.#pending = new Timeline(lifecycle.pendingMs);
    this.#inProgress = new Timeline(lifecycle.inProgressMs);
    this.#deleted = new Timeline(lifecycle.deleteLagMs);
  }

  toState(): InputStoreState {
    return {
      byId: this.#byId,
      jobs: this.#jobs,
      urls: this.#urls,
      counts: this.#counts,
      pending: this.#pending,
      inProgress: this.#inProgress,
      deleted: this.#deleted,
      order: this.#order,
    };
  }

  withState(state: InputStoreState): InputStore {
    const twin = new InputStore(this.#clock, this.#lifecycle);
    twin.#byId = state.byId;
    twin.#jobs = state.jobs;
    twin.#urls = state.urls;
    twin.#counts = state.counts;
    twin.#pending = state.pending;
    twin.#inProgress = state.inProgress;
    twin.#deleted = state.deleted;
    twin.#order = state.order;
    return twin;
  }

  get(id: string): InputRecord | undefined {
    this.#catchUp();
    return this.#byId.get(id);
  }

  hasUrl(url: string): boolean {
    this.#catchUp();
    return this.#urls.has(url);
  }

  counts(): InputCounts {
    this.#catchUp();
    return this.#counts;
  }

  job(id: string): InputsAddJob | undefined {
    this.#catchUp();
    return this.#jobs.get(id);
  }

  jobs(): InputsAddJob[] {
    this.#catchUp();
    return [...this.#jobs.values()];
  }

  /** The job with this id, made if there is none. */
  openJob(id: string): InputsAddJob {
    const job = this.#jobs.get(id) ?? new InputsAddJob(id, this.#clock.now());
    this.#jobs.set(id, job);
    return job;
  }

  /** Adds inputs, whose ids must be new, as pending. */
  add(records: readonly InputRecord[]): void {
    this.#sorted = undefined;
    for (const record of records) {
      record.position = this.#order.push(record) - 1;
      this.#byId.set(record.id, record);
      const url = mediaUrl(record.data);
      if (url !== undefined) this.#urls.set(url, (this.#urls.get(url) ?? 0) + 1);
      this.#counts.add(record.statusCode, 1);
      record.job?.counts.add(record.statusCode, 1);
    }
    this.#pending.add(this.#clock.now(), records);
  }

  change(record: InputRecord, changes: Partial<InputChanges>): void {
    this.#marks.clear();
    Object.assign(record, changes);
  }

  delete(ids: readonly string[]): void {
    const nowMs = this.#clock.now();
    for (const id of ids) {
      const record = this.#byId.get(id);
      if (record !== undefined) this.#deleted.add(nowMs, record);
    }
  }

  /** All inputs in the order of adding, or in the opposite order, from the one after `after`. */
  *list(after?: InputRecord, descending = false): Generator<InputRecord> {
    this.#catchUp();
    // Held on to, since what is deleted while somebody goes through the list may renumber it.
    const order = this.#order;
    const step = descending ? -1 : 1;
    const start = after === undefined ? (descending ? order.length - 1 : 0) : after.position + step;
    for (let at = start; at >= 0 && at < order.length; at += step) {
      const record = order[at];
      if (record !== undefined && record.position >= 0) yield record;
    }
  }

  /** As `list`, in the order of the ids. */
  *listById(after?: InputRecord, descending = false): Generator<InputRecord> {
    this.#catchUp();
    const sorted = (this.#sorted ??= sortById(this.#byId.values()));
    const step = descending ? -1 : 1;
    const start = after === undefined ? (descending ? sorted.length - 1 : 0) : indexById(sorted, after) + step;
    for (let at = start; at >= 0 && at < sorted.length; at += step) yield sorted[at] as InputRecord;
  }

  /** Some of the inputs in the order of adding, without going through those before them. */
  slice(from: number, to: number): InputRecord[] {
    this.#catchUp();
    if (this.#order.length !== this.#byId.size) this.#compact();
    return this.#order.slice(from, to);
  }

  /**
   * What the inputs have, those added first coming first, of which a part costs its size when it follows one that was taken.
   *
   * @param name of the list: what is different has another name
   */
  listOf<Item>(
    name: string,
    itemsOf: (record: InputRecord) => readonly Item[],
  ): { slice: (from: number, to: number) => Item[] } {
    return { slice: (from, to) => this.#sliceOf(name, itemsOf, from, to) };
  }

  /** Processes at once what has been added. */
  settle(): void {
    this.#process(Number.POSITIVE_INFINITY);
  }

  #sliceOf<Item>(name: string, itemsOf: (record: InputRecord) => readonly Item[], from: number, to: number): Item[] {
    this.#catchUp();
    const slice: Item[] = [];
    let { position, skip } = this.#marks.get(name, from);
    for (; position < this.#order.length; position++) {
      const record = this.#order[position];
      if (record === undefined || record.position < 0) continue;
      const items = itemsOf(record);
      const taken = items.slice(skip, skip + to - from - slice.length);
      slice.push(...taken);
      skip += taken.length;
      if (slice.length === to - from) break;
      skip = Math.max(0, skip - items.length);
    }
    // What ends early has no next part, until there is more.
    if (slice.length === to - from) this.#marks.set(name, to, { position, skip });
    return slice;
  }

  #catchUp(): void {
    const nowMs = this.#clock.now();
    this.#process(nowMs);
    for (const { item } of this.#deleted.take(nowMs)) this.#remove(item);
  }

  #process(untilMs: number): void {
    for (const { dueMs, item } of this.#pending.take(untilMs)) {
      for (const record of item) {
        if (record.outcome !== StatusCode.INPUT_PENDING) this.#move(record, StatusCode.INPUT_IN_PROGRESS, dueMs);
      }
      this.#inProgress.add(dueMs, item);
    }
    for (const { dueMs, item } of this.#inProgress.take(untilMs)) {
      for (const record of item) this.#move(record, record.outcome, dueMs);
    }
  }

  #move(record: InputRecord, to: StatusCode, atMs: number): void {
    if (record.statusCode === to || record.position < 0) return;
    this.#marks.clear();
    for (const counts of [this.#counts, record.job?.counts]) {
      counts?.add(record.statusCode, -1);
      counts?.add(to, 1);
    }
    if (record.job !== undefined) record.job.modifiedAtMs = atMs;
    record.statusCode = to;
  }

  #remove(record: InputRecord): void {
    if (record.position < 0) return;
    record.position = -1;
    this.#sorted = undefined;
    this.#marks.clear();
    this.#byId.delete(record.id);
    this.#counts.add(record.statusCode, -1);
    const url = mediaUrl(record.data);
    const others = url === undefined ? 0 : (this.#urls.get(url) ?? 1) - 1;
    if (url !== undefined && others === 0) this.#urls.delete(url);
    else if (url !== undefined) this.#urls.set(url, others);
    if (this.#order.length > 1024 && this.#order.length > 2 * this.#byId.size) this.#compact();
  }

  /** Forgets the places of deleted inputs. */
  #compact(): void {
    this.#marks.clear();
    this.#order = this.#order.filter(({ position }) => position >= 0);
    this.#order.forEach((record, position) => (record.position = position));
  }
}
