import { assertOneOf, invalidRequest } from '../base/assert';
import type { Clock } from '../base/clock';
import type { IngestionOutcome, IngestionProgress, IngestionSummary } from './outcome';
import type { Pipeline } from './pipeline';

/** Outcomes that wait for their reader before the pipeline waits too: two full chunks. */
const maxWaiting = 256;

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
   * Rejects when the source throws, the credential is refused, or the signal aborts (with its reason).
   */
  readonly done: Promise<IngestionSummary>;
  readonly #pipeline: Pipeline;
  readonly #kinds = { accepted: 0, 'already-existed': 0, rejected: 0, unsent: 0 };
  readonly #waiting: IngestionOutcome[] = [];
  #reader: 'none' | 'reading' | 'gone' = 'none';
  #closing = false;
  #ended = false;
  #wakeReader: (() => void) | undefined;
  #wakePipeline: (() => void) | undefined;

  /** @internal */
  constructor(pipeline: Pipeline, clock: Clock) {
    this.#pipeline = pipeline;
    this.done = this.#run(clock);
    // Whoever reads the outcomes sees the failure there; `done` is not always looked at.
    this.done.catch(() => undefined);
  }

  /** The counts as they stand. */
  get progress(): IngestionProgress {
    const { accepted, 'already-existed': alreadyExisted, rejected, unsent } = this.#kinds;
    const { read, chunks, bytes } = this.#pipeline.counts;
    const inProgress = read - accepted - alreadyExisted - rejected - unsent;
    return { read, accepted, alreadyExisted, rejected, unsent, inProgress, chunks, bytes };
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
    // The reader may be the one who waits here: what is left of the run no longer waits for it.
    this.#closing = true;
    this.#wakePipeline?.();
    await this.done.catch(() => undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<IngestionOutcome, void, undefined> {
    if (this.#reader !== 'none') throw invalidRequest('The outcomes of a run can be read once', { code: 'RUN_READ' });
    this.#reader = 'reading';
    let finished = false;
    try {
      for (;;) {
        const outcome = this.#waiting.shift();
        if (outcome !== undefined) {
          this.#wakePipeline?.();
          yield outcome;
        } else if (this.#ended) {
          break;
        } else {
          await new Promise<void>((resolve) => (this.#wakeReader = resolve));
        }
      }
      finished = true;
      await this.done;
    } finally {
      this.#reader = 'gone';
      if (!finished) await this.close('abort');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close('drain');
  }

  async #run(clock: Clock): Promise<IngestionSummary> {
    const startedAt = clock.now();
    try {
      for await (const outcomes of this.#pipeline) {
        for (const outcome of outcomes) {
          this.#kinds[outcome.kind]++;
          if (this.#reader === 'reading') this.#waiting.push(outcome);
        }
        this.#wakeReader?.();
        while (this.#waiting.length > maxWaiting && this.#reader === 'reading' && !this.#closing) {
          await new Promise<void>((resolve) => (this.#wakePipeline = resolve));
        }
      }
    } finally {
      this.#ended = true;
      this.#wakeReader?.();
    }
    const { failure } = this.#pipeline;
    if (failure !== undefined) throw failure.reason;
    return { ...this.progress, durationMs: clock.now() - startedAt };
  }
}
