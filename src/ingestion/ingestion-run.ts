import { assertOneOf, invalidRequest } from '../base/assert';
import { ackFailed, outcome as outcomeChannel } from '../diagnostics/channels';
import type { ClarifaiError } from '../base/errors';
import type { InputsLike } from '../inputs/input-like';
import type { Fate } from './fate';
import { type LeaseFailure, Leases } from './leases';
import { type IngestionOutcome, type IngestionProgress, type IngestionSummary, toOutcome } from './outcome';
import { OutcomeQueue } from './outcome-queue';
import { Pipeline, type PipelineParams } from './pipeline';
import { isSource, type Source } from './source';

export interface IngestionRunParams extends Omit<PipelineParams, 'source'> {
  readonly source: InputsLike | Source;
}

/**
 * An ingestion under way. It runs whether or not anyone reads the outcomes; when they are read, it goes no faster than
 * its reader. `break` out of the loop aborts the run. Outcomes that come before the first is asked for are only counted.
 *
 * @example
 * const run = clarifai.ingest(source);
 * for await (const outcome of run) if (outcome.kind === 'rejected') console.error(outcome.id, outcome.error.message);
 * const { accepted, rejected } = await run.done;
 */
export class IngestionRun implements AsyncIterable<IngestionOutcome>, AsyncDisposable {
  /**
   * Resolves with the counts when every item that was read has its outcome, and the source has answered the calls of
   * `ack` and `nack` so far.
   * Rejects when the source throws, the credential or the plan is refused, `timeoutMs` is over, or the signal aborts (with
   * its reason).
   */
  readonly done: Promise<IngestionSummary>;
  readonly #pipeline: Pipeline;
  readonly #outcomes: OutcomeQueue;
  readonly #leases: Leases | undefined;
  readonly #kinds = { accepted: 0, 'already-existed': 0, rejected: 0, unsent: 0 };
  readonly #errors: Record<string, number> = {};
  #acksFailed = 0;

  /** @internal */
  constructor(params: IngestionRunParams) {
    const { clock, options } = params;
    let { source } = params;
    if (isSource(source)) {
      this.#leases = new Leases({ source, clock, onFailed: (failure) => this.#leaseFailed(failure) });
      source = this.#leases.inputs();
    }
    this.#pipeline = new Pipeline({ ...params, source }, (index, id, fate) => this.#take(index, id, fate));
    this.#outcomes = new OutcomeQueue({
      ordered: options.ordered,
      onReleased: (outcome) => this.#released(outcome),
    });
    const startedAt = clock.now();
    this.done = this.#run(() => clock.now() - startedAt);
    // Whoever reads the outcomes sees the failure there; `done` is not always looked at.
    this.done.catch(() => undefined);
  }

  /**
   * Whether the source came to its end.
   *
   * @internal
   */
  get hasReadAll(): boolean {
    return this.#pipeline.hasReadAll;
  }

  /** The counts as they stand. */
  get progress(): IngestionProgress {
    const { accepted, 'already-existed': alreadyExisted, rejected, unsent } = this.#kinds;
    const { read } = this.#pipeline;
    const { fill, ...sent } = this.#pipeline.sent;
    const inProgress = read - accepted - alreadyExisted - rejected - unsent;
    const fillRate = sent.chunks === 0 ? 1 : fill / sent.chunks;
    return {
      read,
      accepted,
      alreadyExisted,
      rejected,
      unsent,
      inProgress,
      ...sent,
      fillRate,
      acksFailed: this.#acksFailed,
      errors: { ...this.#errors },
    };
  }

  /**
   * Ends the run early: `'drain'` stops reading the source and lets what was read finish, `'abort'` also cancels the
   * requests under way, whose items become `unsent`. Resolves when the run has ended; may be called again, and from within
   * the loop that reads the outcomes, which still gets those that are left.
   */
  async close(behaviour: 'drain' | 'abort'): Promise<void> {
    assertOneOf(behaviour, 'behaviour', ['drain', 'abort']);
    if (behaviour === 'drain') this.#pipeline.stop();
    else this.#pipeline.abort(runClosed());
    await this.done.catch(() => undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<IngestionOutcome, void, undefined> {
    yield* this.#outcomes.read(() => this.close('abort'));
    // Of the outcomes that were read last, after the run was done.
    await this.#leases?.idle();
    await this.done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close('drain');
  }

  #take(index: number, id: string | undefined, fate: Fate): void {
    const { kind } = fate;
    this.#kinds[kind] += 1;
    const error = 'error' in fate ? fate.error : undefined;
    if (error !== undefined) this.#errors[error.code] = (this.#errors[error.code] ?? 0) + 1;
    if (outcomeChannel.hasSubscribers) {
      outcomeChannel.publish({ method: 'PostInputs', index, id, ok: kind === 'accepted', error });
    }
    if (this.#outcomes.isWanted || this.#leases !== undefined) this.#outcomes.push(toOutcome(index, id, fate));
    else this.#pipeline.released();
  }

  #released(outcome: IngestionOutcome): void {
    this.#pipeline.released();
    this.#leases?.settle(outcome);
  }

  #leaseFailed(failure: LeaseFailure): void {
    this.#acksFailed += 1;
    if (ackFailed.hasSubscribers) ackFailed.publish({ method: 'PostInputs', ...failure });
  }

  async #run(elapsedMs: () => number): Promise<IngestionSummary> {
    await this.#pipeline.run();
    this.#outcomes.end();
    const { failure, read } = this.#pipeline;
    await this.#leases?.end(read, failure?.reason ?? runClosed());
    if (failure !== undefined) throw failure.reason;
    return { ...this.progress, durationMs: elapsedMs() };
  }
}

function runClosed(): ClarifaiError {
  return invalidRequest('The run was closed', { code: 'RUN_CLOSED' });
}
