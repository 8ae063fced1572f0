import type { PreparedInput } from '../inputs/prepare-inputs';
import type { SeenIds } from './seen-ids';
import type { Suspicion } from './suspicions';
import { Trouble } from './trouble';

const none: readonly never[] = Object.freeze([]);

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
  /** By the clock of the run. */
  readonly readAt: number;
  /** When it was last put into the packer. */
  queuedAt: number;
  /** Of the id. */
  readonly hash: number;
  /** Where it is in `UnderWay`. */
  slot: number;
  readonly #seen: SeenIds;
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
    this.slot = -1;
    this.#seen = seen;
  }

  /** Place of an item before it that has the same id, and its outcome already. */
  get duplicateOf(): number | undefined {
    const { place } = this.#trouble ?? {};
    return place === undefined ? this.#seen.firstBefore(this.index) : place.duplicateOf;
  }

  /** Items with the same id that were read while this one was under way; they wait for what becomes of it. */
  get twins(): readonly Item[] {
    return this.#trouble?.twins ?? none;
  }

  get trouble(): Trouble {
    return (this.#trouble ??= new Trouble());
  }

  get suspicion(): Suspicion | undefined {
    return this.#trouble?.suspicion;
  }

  /** Whether the app has an input with this id, whose data it is to replace. */
  get overwrites(): boolean {
    return this.#trouble?.overwrites === true;
  }

  /** Whether an earlier run of the journal may have sent it. */
  get isResumed(): boolean {
    return this.#trouble?.isResumed === true;
  }

  /** Notes that it is sent in place of another with the same id, which there is no input of. */
  replace({ duplicateOf }: Item): void {
    this.trouble.place = { duplicateOf };
  }

  /** Notes that an earlier run may have sent it: an input with its id may be its own. */
  resume(): void {
    this.trouble.isResumed = true;
    this.trouble.mayExist = true;
  }
}
