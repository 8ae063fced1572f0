import { assertOneOf, invalidRequest } from '../base/assert';
import { ackFailed, outcome as outcomeChannel } from '../diagnostics/channels';
import type { ClientIdentity } from '../diagnostics/messages';
import type { ClarifaiError } from '../base/errors';
import type { InputsLike } from '../inputs/input-like';
import type { Fate, Refusal } from './fate';
import { type LeaseFailure, Leases } from './leases';
import { type IngestionOutcome, type IngestionProgress, type IngestionSummary, toOutcome } from './outcome';
import { OutcomeQueue } from './outcome-queue';
import { Pipeline } from './pipeline';
import type { PipelineParams } from './pipeline-params';
import { type IngestionReport, ProgressReports } from './progress-reports';
import type { RunFiles } from './run-files';
import { isSource, type Source } from './source';
import { Tally } from './tally';

export interface IngestionRunParams extends Omit<PipelineParams, 'source' | 'onRead'> {
  readonly source: InputsLike | Source;
  readonly files: RunFiles | undefined;
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
  readonly #client: ClientIdentity;
  readonly #pipeline: Pipeline;
  readonly #outcomes: OutcomeQueue;
  readonly #leases: Leases | undefined;
  readonly #files: RunFiles | undefined;
  readonly #reports: ProgressReports | undefined;
  readonly #tally = new Tally();
  /** Outcomes that were counted and are not released yet. */
  #held = 0;
  #hasEnded = false;
  /** Dead letters that are being written. */
  readonly #burials = new Set<Promise<void>>();

  /** @internal */
  constructor(params: IngestionRunParams) {
    const { clock, options, source, files } = params;
    this.#client = params.sender.client;
    this.#files = files;
    const leases = isSource(source)
      ? new Leases({
          ...{ source, clock },
          onFailed: (failure) => this.#leaseFailed(failure),
          onCursor: (index, cursor) => files?.journal?.locate(index, cursor),
        })
      : undefined;
    this.#leases = leases;
    this.#pipeline = new Pipeline(
      {
        ...params,
        source: () => (isSource(source) ? (leases as Leases).inputs(files?.journal?.cursor) : source),
        onRead: files?.keepsLetters === true ? (index, input) => files.noteRead(index, input) : undefined,
      },
      (index, id, fate) => this.#take(index, id, fate),
    );
    this.#outcomes = new OutcomeQueue({
      ordered: options.ordered,
      onReleased: (outcome, isReported) => this.#released(outcome, isReported),
    });
    this.#reports = this.#makeReports(params);
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
    return this.#tally.progress(this.#pipeline.read, this.#pipeline.sent);
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

  /** What became of each item, to be read once. Leaving the loop ends the run with `abort`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<IngestionOutcome, void, undefined> {
    try {
      yield* this.#outcomes.read(() => this.close('abort'));
      // Of the outcomes that were read last, after the run was done.
      await this.#leases?.idle();
      await this.done;
    } finally {
      await this.#closeFiles();
    }
  }

  /** As `close('drain')`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close('drain');
  }

  #take(index: number, id: string | undefined, fate: Fate): void {
    if (fate.kind !== 'rejected' || this.#files?.keepsLetters !== true) return this.#settle(index, id, fate);
    const burial = this.#bury(this.#files, index, id, fate).then(() => void this.#burials.delete(burial));
    this.#burials.add(burial);
  }

  async #bury(files: RunFiles, index: number, id: string | undefined, fate: Refusal): Promise<void> {
    let told: Fate = fate;
    try {
      await files.bury(index, id, fate.error);
      told = { ...fate, kind: 'dead-lettered' };
    } catch (reason) {
      this.#pipeline.fail(reason);
    }
    this.#settle(index, id, told);
  }

  #settle(index: number, id: string | undefined, fate: Fate): void {
    const { kind } = fate;
    this.#tally.settled(fate);
    this.#held += 1;
    this.#files?.settled(index, kind);
    if (outcomeChannel.hasSubscribers) {
      const about = { client: this.#client, method: 'PostInputs', index, id, kind };
      const error = 'error' in fate ? { error: fate.error } : {};
      outcomeChannel.publish({ ...about, ok: kind === 'accepted' || kind === 'confirmed', ...error });
    }
    if (this.#outcomes.isWanted || this.#leases !== undefined) this.#outcomes.push(toOutcome(index, id, fate));
    else this.#letGo(index, kind, !this.#outcomes.wasLeft);
  }

  #released(outcome: IngestionOutcome, isReported: boolean): void {
    this.#letGo(outcome.index, outcome.kind, isReported);
    this.#leases?.settle(outcome, isReported);
  }

  /** Nobody holds an outcome any more. */
  #letGo(index: number, kind: Fate['kind'], isReported: boolean): void {
    this.#held -= 1;
    if (isReported && kind !== 'unsent') this.#files?.journal?.reported(index);
    this.#pipeline.released();
  }

  #makeReports({ clock, options, source }: IngestionRunParams): ProgressReports | undefined {
    const { onProgress, progressMs } = options;
    if (onProgress === undefined) return undefined;
    const size = isSource(source) ? source.size : Array.isArray(source) ? source.length : undefined;
    const report = (now: IngestionReport): void => {
      try {
        onProgress(now);
      } catch (reason) {
        this.#pipeline.fail(reason);
      }
    };
    const itemsBefore = (): number => this.#files?.journal?.itemsBefore ?? 0;
    const progress = (): IngestionProgress => this.progress;
    return new ProgressReports({ clock, everyMs: progressMs, size, itemsBefore, progress, report });
  }

  #leaseFailed(failure: LeaseFailure): void {
    this.#tally.ackFailed();
    if (ackFailed.hasSubscribers) ackFailed.publish({ client: this.#client, method: 'PostInputs', ...failure });
  }

  async #run(elapsedMs: () => number): Promise<IngestionSummary> {
    const files = this.#files;
    // Whoever iterates over the run as soon as he has it hears of its first items, too.
    await Promise.resolve();
    if (files !== undefined) await files.open((reason) => this.#pipeline.fail(reason));
    await this.#pipeline.run(files?.journal);
    await Promise.all(this.#burials);
    this.#outcomes.end();
    const { failure, read } = this.#pipeline;
    await this.#leases?.end(read, failure?.reason ?? runClosed());
    this.#hasEnded = true;
    await this.#closeFiles();
    this.#reports?.end();
    if (this.#pipeline.failure !== undefined) throw this.#pipeline.failure.reason;
    return { ...this.progress, durationMs: elapsedMs() };
  }

  /** Who still reads outcomes needs the files until all are read. */
  async #closeFiles(): Promise<void> {
    if (this.#hasEnded && this.#held === 0) await this.#files?.close();
  }
}

function runClosed(): ClarifaiError {
  return invalidRequest('The run was closed', { code: 'RUN_CLOSED' });
}
