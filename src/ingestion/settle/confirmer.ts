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
import { listInputs, maxListedInputs } from './list-inputs';
import { nextPauseMs, Schedule, type Unconfirmed } from './schedule';

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
 * with the status it gives when it could not. It lists many at a time, and its requests wait for leave as all do.
 */
export class Confirmer {
  readonly #params: ConfirmerParams;
  readonly #signal: AbortSignal;
  readonly #events: ConfirmerEvents;
  readonly #schedule = new Schedule();
  #mostAtOnce = maxListedInputs;
  #waiting = 0;
  /** Those of them that were not freed. */
  #unfreed = 0;
  #looking: Promise<void> | undefined;

  /** @param signal ends all waiting: what is not settled by then stays accepted */
  constructor(params: ConfirmerParams, signal: AbortSignal, events: ConfirmerEvents) {
    this.#params = params;
    this.#signal = signal;
    this.#events = events;
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
      while (!this.#schedule.isEmpty) {
        const waitMs = this.#schedule.dueAt - clock.now();
        if (waitMs > 0) await sleep(waitMs, clock, signal);
        await this.#lookOnce(await limiter.acquire(signal));
      }
    } catch (reason) {
      if (!signal.aborted) this.#events.failed(reason);
      for (const input of this.#schedule.takeAll()) this.#settle(input, input.accepted);
    }
    this.#looking = undefined;
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
