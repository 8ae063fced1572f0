import type { Input } from '../../../generated/proto/clarifai/api/resources';
import { sleep } from '../../base/abort';
import { ClarifaiError, NotFoundError } from '../../base/errors';
import { isFailure } from '../../base/situation';
import { fromStatus, situationOf } from '../../base/to-clarifai-error';
import type { Fate } from '../fate';
import type { Permit } from '../limiter';
import type { Deliver, PipelineParams } from '../pipeline-params';
import { remedyOf } from '../remedy';
import { retryDelayMs } from '../retry-delay';
import { countUnfinished } from './count-unfinished';
import { listInputs, maxListedInputs } from './list-inputs';
import { type Batch, firstPauseMs, longestPauseMs, nextPauseMs, Schedule, type Unconfirmed } from './schedule';

export type ConfirmerParams = Pick<PipelineParams, 'sender' | 'options' | 'limiter' | 'clock'>;

export interface ConfirmerEvents {
  readonly settled: Deliver;
  /** An item is kept here, and counts no longer among those of the pipeline. */
  freed(): void;
  /** It counts among those again, and is settled next. */
  held(): void;
  /** No further look will do any better: the credential is refused, or the plan used up. */
  failed(reason: unknown): void;
}

/** Inputs that may wait here before they hold up the source: small, as what was sent is not kept. */
const mostWaiting = 65_536;

/** Looks at which the app did not have an input before it is taken to be gone: a list may lag behind, but not for long. */
const looksUntilGone = 5;

/**
 * Looks at accepted inputs until the service is done with them: `confirmed` when it could download and index one, `rejected`
 * with the status it gives when it could not. It lists many at a time, once the job of the run says that it is worth it, and
 * its requests wait for leave as all do.
 */
export class Confirmer {
  readonly #params: ConfirmerParams;
  readonly #signal: AbortSignal;
  readonly #events: ConfirmerEvents;
  readonly #schedule = new Schedule();
  #mostAtOnce = maxListedInputs;
  /** The job that the inputs were posted with, as long as it tells of them. */
  #jobId: string | undefined;
  /** Inputs of the job that the service was not done with when it was asked. */
  #unfinished = 0;
  #askedAt = -Infinity;
  #waiting = 0;
  /** Those of them that were not freed. */
  #unfreed = 0;
  #looking: Promise<void> | undefined;

  /** @param signal ends all waiting: what is not settled by then stays accepted */
  constructor(params: ConfirmerParams, signal: AbortSignal, events: ConfirmerEvents) {
    this.#params = params;
    this.#signal = signal;
    this.#events = events;
    this.#jobId = params.sender.jobId;
  }

  /** Passes on what became of an item, once that is known for good. */
  readonly deliver: Deliver = (index, id, fate) => {
    if (fate.kind !== 'accepted' || id === undefined) return this.#events.settled(index, id, fate);
    const mayBeFreed = this.#waiting - this.#unfreed < mostWaiting;
    this.#waiting += 1;
    if (mayBeFreed) this.#events.freed();
    else this.#unfreed += 1;
    this.#schedule.add({ index, id, accepted: fate, missing: 0 }, this.#params.clock.now());
    this.#looking ??= this.#look();
  };

  /** Resolves when nothing is left to be confirmed. */
  async idle(): Promise<void> {
    await this.#looking;
  }

  /** Never rejects. */
  async #look(): Promise<void> {
    const { clock, limiter } = this.#params;
    const signal = this.#signal;
    try {
      for (let batch = this.#schedule.first; batch !== undefined; batch = this.#schedule.first) {
        const now = clock.now();
        if (batch.dueAt > now) await sleep(batch.dueAt - now, clock, signal);
        else if (this.#jobId !== undefined && this.#askedAt + firstPauseMs <= now) {
          await this.#ask(this.#jobId, await limiter.acquire(signal));
        } else if (this.#isWorthIt(batch)) await this.#lookOnce(await limiter.acquire(signal));
        else this.#schedule.postpone(now);
      }
    } catch (reason) {
      if (!signal.aborted) this.#events.failed(reason);
      for (const input of this.#schedule.takeAll()) this.#settle(input, input.accepted);
    }
    this.#looking = undefined;
  }

  async #ask(jobId: string, permit: Permit): Promise<void> {
    const { sender, options, clock } = this.#params;
    try {
      const call = { ...options.call, signal: this.#signal };
      this.#unfinished = await countUnfinished(sender.invoke, sender.userAppId, jobId, call);
      permit.succeeded();
    } catch (error) {
      if (this.#signal.aborted || remedyOf(error) === 'again') return this.#failed(error, 1, permit);
      // The lists do without: it is they that decide.
      this.#jobId = undefined;
      permit.cancel();
    } finally {
      // Also when it could not be asked, or lists would have to wait until it can.
      this.#askedAt = clock.now();
    }
  }

  /**
   * Whether half of the inputs may be done, if the service takes them in the order in which they came. Should it not, or the
   * job count otherwise, they are looked at all the same, later.
   */
  #isWorthIt(batch: Batch): boolean {
    if (this.#jobId === undefined || batch.pauseMs >= longestPauseMs) return true;
    const done = this.#waiting - this.#unfinished - this.#schedule.countBefore(batch);
    return done >= batch.inputs.length / 2;
  }

  async #lookOnce(permit: Permit): Promise<void> {
    const { invoke, userAppId } = this.#params.sender;
    const { call } = this.#params.options;
    const { inputs, pauseMs } = this.#schedule.take(this.#mostAtOnce);
    const ids = inputs.map(({ id }) => id);
    try {
      const found = await listInputs(invoke, userAppId, ids, { ...call, signal: this.#signal });
      permit.succeeded();
      for (const input of inputs) this.#judge(input, found.get(input.id), nextPauseMs(pauseMs));
    } catch (error) {
      for (const input of inputs) this.#schedule.add(input, this.#params.clock.now(), pauseMs);
      this.#failed(error, inputs.length, permit);
    }
  }

  #judge(input: Unconfirmed, found: Input | undefined, pauseMs: number): void {
    const status = found?.status;
    const situation = status === undefined ? 'inProgress' : situationOf(status.code);
    if (found !== undefined && situation === 'success') return this.#settle(input, { kind: 'confirmed', input: found });
    if (status !== undefined && isFailure(situation)) {
      return this.#settle(input, { kind: 'rejected', error: fromStatus(status, { method: 'ListInputs' }) });
    }
    input.missing = found === undefined ? input.missing + 1 : 0;
    if (input.missing < looksUntilGone) return this.#schedule.add(input, this.#params.clock.now(), pauseMs);
    this.#settle(input, { kind: 'rejected', error: gone(input.id) });
  }

  #settle({ index, id, accepted }: Unconfirmed, fate: Fate): void {
    this.#waiting -= 1;
    if (this.#unfreed > 0) this.#unfreed -= 1;
    else this.#events.held();
    this.#events.settled(index, id, accepted.resumed ? { ...fate, resumed: true } : fate);
  }

  #failed(error: unknown, count: number, permit: Permit): void {
    const remedy = remedyOf(error);
    if (this.#signal.aborted || !(error instanceof ClarifaiError) || remedy === 'stop') {
      permit.cancel();
      throw error;
    }
    if (remedy === 'split' && count > 1) {
      this.#mostAtOnce = Math.ceil(count / 2);
      return permit.succeeded();
    }
    const { options, sender } = this.#params;
    permit.failed({ delayMs: (round) => retryDelayMs(error, round, options.retry, sender.random) });
  }
}

function gone(id: string): NotFoundError {
  const message = `The input ${id} was accepted, and then the app did not have it`;
  return new NotFoundError(message, { code: 'INPUT_GONE', source: 'client', category: 'rejected' });
}
