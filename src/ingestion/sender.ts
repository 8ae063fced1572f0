import { AlreadyExistsError, type ClarifaiError, QuotaError } from '../base/errors';
import type { Clock } from '../base/clock';
import { maxInputsPerRequest } from '../base/limits';
import { chunkEnd } from '../diagnostics/channels';
import type { ClientIdentity } from '../diagnostics/messages';
import type { Invoke } from '../operations/invoker';
import { withAttempts } from '../operations/with-attempts';
import type { CallOptions } from '../options/call-options';
import type { Fate } from './fate';
import type { IngestRetry } from './ingest-options';
import type { Item } from './item';
import type { Permit } from './limiter';
import { type Answer, type ChunkPlace, methodOf, postChunk } from './post-chunk';
import { isHourlyLimit, remedyOf } from './remedy';
import { retryDelayMs } from './retry-delay';
import { Suspicions } from './suspicions';

export interface SenderOptions extends ChunkPlace {
  readonly client: ClientIdentity;
  readonly invoke: Invoke;
  readonly call: CallOptions;
  readonly retry: IngestRetry;
  /** Whether an item replaces the data of an input that has its id already. */
  readonly overwrite: boolean;
  /** What a full chunk holds. */
  readonly chunkBytes: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Sums over the requests of a run. */
export interface SenderCounts {
  readonly chunks: number;
  readonly bytes: number;
  /** How full the chunks were, from 0 to 1 each. */
  readonly fill: number;
  readonly retries: number;
  readonly throttled: number;
}

/** What comes after an attempt. For every item that was sent exactly one of the three is called, except that `stop` is called once for all. */
export interface Consequences {
  settle(item: Item, fate: Fate): void;
  /** To be sent again: with any others, or as a chunk of its own. */
  again(items: readonly Item[], delayMs: number, how: 'mixed' | 'together'): void;
  stop(items: readonly Item[], reason: unknown): void;
}

/** Sends chunks, one attempt each, and decides what is to follow. */
export class Sender {
  readonly #counts = { chunks: 0, bytes: 0, fill: 0, retries: 0, throttled: 0 };
  readonly #options: SenderOptions;
  readonly #then: Consequences;
  readonly #suspicions = new Suspicions();
  #bytesInFlight = 0;

  constructor(options: SenderOptions, then: Consequences) {
    this.#options = options;
    this.#then = then;
  }

  /** Of the inputs in requests under way. */
  get bytesInFlight(): number {
    return this.#bytesInFlight;
  }

  get counts(): SenderCounts {
    return this.#counts;
  }

  /** Never rejects. */
  async send(items: readonly Item[], permit: Permit, signal: AbortSignal): Promise<void> {
    const { client, invoke, call, clock } = this.#options;
    let bytes = 0;
    for (const item of items) bytes += item.bytes;
    permit.weigh(bytes);
    this.#bytesInFlight += bytes;
    const startedAt = clock.now();
    let failure: unknown;
    try {
      const answers = await postChunk(invoke, this.#options, items, { ...call, signal, requestBytes: bytes });
      this.#count(items, bytes);
      this.#suspicions.answered(items);
      this.#answered(items, answers, permit);
    } catch (error) {
      failure = error;
      if (signal.aborted) this.#stop(items, signal.reason, permit);
      else this.#failed(items, error, permit);
    }
    this.#bytesInFlight -= bytes;
    if (chunkEnd.hasSubscribers) {
      const durationMs = clock.now() - startedAt;
      const error = failure === undefined ? {} : { error: failure };
      chunkEnd.publish({ client, method: methodOf(items), items: items.length, bytes, durationMs, ...error });
    }
  }

  #answered(items: readonly Item[], answers: readonly Answer[], permit: Permit): void {
    const slowedDown = answers.find((answer) => answer.kind === 'refused' && isThrottling(answer.error));
    if (slowedDown?.kind === 'refused') this.#slowDown(slowedDown.error, permit);
    else permit.succeeded();
    const toOverwrite: Item[] = [];
    for (const [place, item] of items.entries()) {
      const answer = answers[place] as Answer;
      if (this.#mayOverwrite(item, answer)) toOverwrite.push(item);
      else this.#judge(item, answer);
    }
    for (const item of toOverwrite) item.trouble.overwrites = true;
    if (toOverwrite.length > 0) this.#then.again(toOverwrite, 0, 'together');
  }

  /** Whether the item is to replace what the app has. What an attempt may have created is replaced, too: it may be older. */
  #mayOverwrite(item: Item, { kind }: Answer): boolean {
    return this.#options.overwrite && kind === 'duplicate-id' && item.duplicateOf === undefined;
  }

  #count(items: readonly Item[], bytes: number): void {
    this.#counts.bytes += bytes;
    // Those that overwrite are as many as there are: they say nothing about how well chunks are filled.
    if (methodOf(items) === 'PatchInputs') return;
    this.#counts.chunks += 1;
    this.#counts.fill += this.#fillOf(items, bytes);
  }

  #fillOf(items: readonly Item[], bytes: number): number {
    const isVideo = items[0]?.isVideo === true;
    return isVideo ? 1 : Math.min(1, Math.max(items.length / maxInputsPerRequest, bytes / this.#options.chunkBytes));
  }

  #judge(item: Item, answer: Answer): void {
    if (answer.kind === 'accepted') return this.#then.settle(item, answer);
    const { kind, input, error } = answer;
    // The copy that an earlier attempt of this item made, whose answer was lost.
    const isOwn = kind === 'duplicate-id' && item.trouble.mayExist && item.duplicateOf === undefined;
    if (isOwn) return this.#then.settle(item, { kind: 'accepted', input });
    if (kind !== 'refused') return this.#then.settle(item, alreadyExisted(item, error));
    if (!isPassing(error)) {
      if (error instanceof QuotaError) return this.#then.stop([item], error);
      item.trouble.remember(error);
      return this.#reject(item, error);
    }
    item.trouble.remember(error);
    this.#again([item], error, item.overwrites ? 'together' : 'mixed');
  }

  #failed(items: readonly Item[], reason: unknown, permit: Permit): void {
    const remedy = remedyOf(reason);
    if (remedy === 'stop') return this.#stop(items, reason, permit);
    const error = reason as ClarifaiError;
    for (const item of items) item.trouble.remember(error);
    if (remedy === 'split') {
      // An answer all the same: the service is well.
      permit.succeeded();
      return this.#split(items, error, 0);
    }
    this.#slowDown(error, permit);
    if (remedy === 'again') return this.#again(items, error, 'together');
    this.#suspect(items, error);
  }

  /** The service failed: over one of these inputs, or over anything. */
  #suspect(items: readonly Item[], error: ClarifaiError): void {
    const [first] = items;
    const { maxAttempts } = this.#options.retry;
    if (maxAttempts !== Infinity) {
      // Someone waits for this call: a failure that time does not mend is told at once.
      if (error.category === 'fatal') return items.forEach((item) => this.#reject(item, error));
      return this.#again(items, error, 'together');
    }
    this.#suspicions.failed(items);
    if (first === undefined || items.length > 1) {
      if (items.some(({ trouble }) => trouble.failures === 1)) return this.#again(items, error, 'together');
      return this.#split(items, error, this.#delayMs(error, first?.trouble.failures ?? 1));
    }
    if (this.#suspicions.convicts(first)) this.#reject(first, error);
    else this.#again(items, error, 'together');
  }

  #split(items: readonly Item[], error: ClarifaiError, delayMs: number): void {
    const [first] = items;
    if (first !== undefined && items.length === 1) return this.#reject(first, error);
    const middle = Math.ceil(items.length / 2);
    this.#counts.retries += items.length;
    this.#then.again(items.slice(0, middle), delayMs, 'together');
    this.#then.again(items.slice(middle), delayMs, 'together');
  }

  #again(items: readonly Item[], error: ClarifaiError, how: 'mixed' | 'together'): void {
    const { maxAttempts } = this.#options.retry;
    const left = items.filter(({ trouble }) => trouble.failures < maxAttempts);
    for (const item of items) if (item.trouble.failures >= maxAttempts) this.#reject(item, error);
    const [first] = left;
    if (first === undefined) return;
    this.#counts.retries += left.length;
    this.#then.again(left, this.#delayMs(error, first.trouble.failures), how);
  }

  #reject(item: Item, error: ClarifaiError): void {
    const { failed } = item.trouble;
    const told = failed.length > 1 ? withAttempts(error, failed, this.#options.clock.now() - item.readAt) : error;
    const isDuplicate = error instanceof AlreadyExistsError;
    this.#then.settle(item, isDuplicate ? alreadyExisted(item, told) : { kind: 'rejected', error: told });
  }

  #stop(items: readonly Item[], reason: unknown, permit: Permit): void {
    permit.cancel();
    this.#then.stop(items, reason);
  }

  #slowDown(error: ClarifaiError, permit: Permit): void {
    if (isThrottling(error)) this.#counts.throttled += 1;
    permit.failed({ delayMs: (round) => this.#delayMs(error, round) });
  }

  #delayMs(error: ClarifaiError, round: number): number {
    return retryDelayMs(error, round, this.#options.retry, this.#options.random);
  }
}

function alreadyExisted({ duplicateOf }: Item, error: ClarifaiError): Fate {
  return { kind: 'already-existed', duplicateOf, error };
}

/** Whether the service asks to slow down. */
function isThrottling(error: ClarifaiError): boolean {
  return error.category === 'throttled' || isHourlyLimit(error);
}

/** Whether the same item may do better at another time. */
function isPassing(error: ClarifaiError): boolean {
  return isThrottling(error) || error.category === 'transient' || error.category === 'notReady';
}
