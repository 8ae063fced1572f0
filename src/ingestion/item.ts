import type { PreparedInput } from '../inputs/prepare-inputs';
import type { SeenIds } from './seen-ids';
import type { Suspicion } from './suspicions';
import { Trouble } from './trouble';

const none: readonly never[] = Object.freeze([]);

/** No place in a source. */
const unasked = -1;

/** An input that was built, with the id it has or was given. */
export type ReadyInput = PreparedInput & { readonly ok: true };

/** An input on its way through the pipeline, from the source to its outcome. There are many: what few need is made late. */
export class Item {
  /** Place in the source. */
  readonly index: number;
  readonly id: string;
  readonly message: ReadyInput['message'];
  /** Exact encoded size. */
  readonly bytes: number;
  /** A request may carry one video only. */
  readonly isVideo: boolean;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
  /** When it was last put into the packer, in milliseconds since the epoch. */
  queuedAt: number;
  /** Of the id. */
  readonly hash: number;
  /** Links items whose hashes are alike. See `UnderWay`. */
  next: Item | undefined;
  /** Whether the app has an input with this id, whose data it is to replace. */
  overwrites = false;
  #twins: Item[] | undefined;
  readonly #seen: SeenIds;
  #duplicateOf: number | undefined = unasked;
  #trouble: Trouble | undefined;

  constructor(input: ReadyInput, id: string, readAt: number, seen: SeenIds) {
    this.index = input.index;
    this.id = id;
    this.message = input.message;
    this.bytes = input.encodedBytes;
    this.isVideo = input.isVideo;
    this.readAt = readAt;
    this.queuedAt = readAt;
    this.hash = seen.note(id, input.index);
    this.next = undefined;
    this.#seen = seen;
  }

  /** Place of an item before it that has the same id, and its outcome already. Looked up when it is first asked for. */
  get duplicateOf(): number | undefined {
    if (this.#duplicateOf === unasked) this.#duplicateOf = this.#seen.firstBefore(this.index);
    return this.#duplicateOf;
  }

  set duplicateOf(index: number | undefined) {
    this.#duplicateOf = index;
  }

  /** Items with the same id that were read while this one was under way; they wait for what becomes of it. */
  get twins(): readonly Item[] {
    return this.#twins ?? none;
  }

  get trouble(): Trouble {
    return (this.#trouble ??= new Trouble());
  }

  get suspicion(): Suspicion | undefined {
    return this.#trouble?.suspicion;
  }

  /** Whether an earlier run of the journal may have sent it. */
  get isResumed(): boolean {
    return this.#trouble?.isResumed === true;
  }

  /** Notes that an earlier run may have sent it: an input with its id may be its own. */
  resume(): void {
    this.trouble.isResumed = true;
    this.trouble.mayExist = true;
  }

  addTwin(item: Item): void {
    (this.#twins ??= []).push(item);
  }
}
