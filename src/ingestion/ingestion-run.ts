import { assertOneOf, invalidRequest } from '../base/assert';
import { outcome as outcomeChannel } from '../diagnostics/channels';
import type { Fate } from './fate';
import { type IngestionOutcome, type IngestionProgress, type IngestionSummary, toOutcome } from './outcome';
import { OutcomeQueue } from './outcome-queue';
import { Pipeline, type PipelineParams } from './pipeline';

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
   * Resolves with the counts when every item that was read has its outcome.
   * Rejects when the source throws, the credential or the plan is refused, `timeoutMs` is over, or the signal aborts (with
   * its reason).
   */
  readonly done: Promise<IngestionSummary>;
  readonly #pipeline: Pipeline;
  readonly #outcomes: OutcomeQueue;
  readonly #kinds = { accepted: 0, 'already-existed': 0, rejected: 0, unsent: 0 };
  readonly #errors: Record<string, number> = {};

  /** @internal */
  constructor(params: PipelineParams) {
    this.#pipeline = new Pipeline(params, (index, id, fate) => this.#take(index, id, fate));
    const { ordered } = params.options;
    this.#outcomes = new OutcomeQueue({ ordered, onReleased: () => this.#pipeline.released() });
    const startedAt = params.clock.now();
    this.done = this.#run(() => params.clock.now() - startedAt);
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
    else this.#pipeline.abort(invalidRequest('The run was closed', { code: 'RUN_CLOSED' }));
    await this.done.catch(() => undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<IngestionOutcome, void, undefined> {
    yield* this.#outcomes.read(() => this.close('abort'));
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
    if (this.#outcomes.isWanted) this.#outcomes.push(toOutcome(index, id, fate));
    else this.#pipeline.released();
  }

  async #run(elapsedMs: () => number): Promise<IngestionSummary> {
    await this.#pipeline.run();
    this.#outcomes.end();
    const { failure } = this.#pipeline;
    if (failure !== undefined) throw failure.reason;
    return { ...this.progress, durationMs: elapsedMs() };
  }
}
