import type { Input } from '../../generated/proto/clarifai/api/resources';
import type { FailedAttempt } from '../base/error-fields';
import type { ClarifaiError } from '../base/errors';
import type { DeepPartial } from '../wire/codec';

/** Failed attempts that an item remembers, to tell of them when it is given up. */
const maxRemembered = 10;

const none: readonly never[] = Object.freeze([]);

/** An input on its way through the pipeline, from the source to its outcome. */
export class Item {
  /** Place in the source. */
  readonly index: number;
  readonly id: string;
  readonly message: DeepPartial<Input>;
  /** Exact encoded size. */
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
  /** A request may carry one video only. */
  readonly isVideo: boolean;
  /** Place of an item before it in the source that has the same id, and its outcome already. */
  duplicateOf: number | undefined;
  /** When it was last put into the packer, in milliseconds since the epoch. */
  queuedAt: number;
  // Most items never need the two lists: they are made when they are.
  #twins: Item[] | undefined;
  #failed: FailedAttempt[] | undefined;
  /** Whether an attempt that may have created the input was left without an answer. */
  mayExist = false;
  /** Attempts that failed, of the item or of the request it was in. */
  failures = 0;
  /** Attempts that failed in a way it may be the cause of, while it was the only item of the request. */
  failuresAlone = 0;
  /** Requests of the run that had been answered when the item first came under suspicion. */
  suspectSince: number | undefined;

  constructor(fields: Pick<Item, 'index' | 'id' | 'message' | 'bytes' | 'readAt' | 'isVideo' | 'duplicateOf'>) {
    this.index = fields.index;
    this.id = fields.id;
    this.message = fields.message;
    this.bytes = fields.bytes;
    this.readAt = fields.readAt;
    this.queuedAt = fields.readAt;
    this.isVideo = fields.isVideo;
    this.duplicateOf = fields.duplicateOf;
  }

  /** Items with the same id that were read while this one was under way; they wait for what becomes of it. */
  get twins(): readonly Item[] {
    return this.#twins ?? none;
  }

  /** The first attempts that failed. */
  get failed(): readonly FailedAttempt[] {
    return this.#failed ?? none;
  }

  addTwin(item: Item): void {
    (this.#twins ??= []).push(item);
  }

  /** Notes that the item, or the request it was in, failed. */
  remember(error: ClarifaiError): void {
    this.failures += 1;
    if (error.notProcessed !== true) this.mayExist = true;
    this.#failed ??= [];
    if (this.#failed.length === maxRemembered) return;
    const { code, attempts } = error;
    this.#failed.push({ durationMs: 0, code, ...attempts?.at(-1), attempt: this.failures });
  }
}
