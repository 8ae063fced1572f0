import { linkAbort, sleep } from '../base/abort';
import { ClarifaiError } from '../base/errors';
import { backoffMs } from '../operations/backoff';
import { type CloseOptions, resolveCloseOptions } from '../options/close-options';
import { pollItems } from './poll-items';
import { processItems } from './process-items';
import { assertRunnerHandlers, type RunnerHandlers } from './runner-handlers';
import type { RunnerService } from './runner-service';
import { type ResolvedSessionOptions, resolveSessionOptions, type RunnerSessionOptions } from './session-options';
import { Slots } from './slots';

/** Waits before a lost connection is made again, in milliseconds. */
const backoff = { baseDelayMs: 200, maxDelayMs: 30_000 };

/** A connection that held for so many milliseconds was a good one: the next wait is short again. */
const steadyMs = 60_000;

/**
 * A runner at work. A connection that is lost is made again, with growing waits; what the runner was at is then given to a
 * runner anew by the service.
 */
export class RunnerSession implements AsyncDisposable {
  /**
   * Resolves when the session has ended because it was closed, and rejects when there is no going on: the credential is
   * refused, or there is no such runner.
   */
  readonly done: Promise<void>;
  readonly #drain = new AbortController();
  readonly #end: ReturnType<typeof linkAbort>;

  /** @internal */
  constructor(
    service: Pick<RunnerService, 'invoke' | 'invokeStream' | 'clock' | 'runner'>,
    handlers: RunnerHandlers,
    options: RunnerSessionOptions,
  ) {
    assertRunnerHandlers(handlers);
    const resolved = resolveSessionOptions(options);
    this.#end = linkAbort(resolved.signal);
    this.done = this.#run(
      {
        ...service,
        runner: { ...service.runner, runnerReplicaId: resolved.replicaId },
        handlers,
        slots: new Slots(resolved.concurrency),
        ended: this.#end.signal,
        draining: this.#drain.signal,
        onError: resolved.onError,
      },
      resolved,
    );
    // Who does not look at it is told by `onError`, or by nothing.
    this.done.catch(() => undefined);
  }

  /**
   * Ends the session, and resolves when it has ended: `drain` takes no more work and finishes what there is, `abort` aborts
   * the signals of the handlers and answers nobody. May be called again, also to end with `abort` what a drain waits for.
   *
   * @param options `behaviour` is `'drain'` by default
   */
  async close(options?: CloseOptions): Promise<void> {
    const behaviour = resolveCloseOptions(options);
    this.#drain.abort();
    if (behaviour === 'abort') this.#end.abort(new Error('The runner was closed'));
    await this.done.catch(() => undefined);
  }

  /** As `close()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #run(service: RunnerService, { mode }: ResolvedSessionOptions): Promise<void> {
    const serve = mode === 'stream' ? processItems : pollItems;
    const { clock, draining, ended, onError } = service;
    const closing = linkAbort(draining, ended);
    // Handlers may take no notice of an abort; nobody waits for them then.
    const over = new Promise<void>((resolve) => ended.addEventListener('abort', () => resolve(), { once: true }));
    try {
      for (let failures = 1; !closing.signal.aborted; failures++) {
        const startedAt = clock.now();
        try {
          await Promise.race([serve(service), over]);
        } catch (error) {
          if (closing.signal.aborted) return;
          if (isFinal(error)) throw error;
          onError(error);
        }
        if (clock.now() - startedAt >= steadyMs) failures = 1;
        const delayMs = backoffMs({ retry: failures, ...backoff }, Math.random);
        await sleep(delayMs, clock, closing.signal).catch(() => undefined);
      }
    } finally {
      closing.unlink();
      this.#end.unlink();
    }
  }
}

/** Whether it would be the same next time. */
function isFinal(error: unknown): boolean {
  return !(error instanceof ClarifaiError) || error.category === 'auth' || error.category === 'rejected';
}
