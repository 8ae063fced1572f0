/** A call as its client sees it that closes. */
export interface Underway {
  /** Ends it with this error. */
  readonly abort: (error: Error) => void;
  /** Tells it that the client waits for its end. */
  readonly drain?: () => void;
}

/** What ends a call from this side: the signal of the caller, or the client's end. */
export class Stop {
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.abort(this.#signal?.reason);
  // An abort's reason may be anything; it is only handed on.
  #stopped: { readonly reason: Error } | undefined;
  #listener: ((reason: Error) => void) | undefined;
  #leave = (): void => undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** @param enter lets the call in, and returns what lets it out */
  begin(enter: () => () => void): void {
    this.#leave = enter();
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get stopped(): boolean {
    return this.#stopped !== undefined;
  }

  abort(reason: unknown): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = { reason: reason as Error };
    this.#listener?.(this.#stopped.reason);
  }

  /** Has one listener at a time; tells it at once when the call is stopped already. */
  listen(listener: ((reason: Error) => void) | undefined): void {
    this.#listener = listener;
    if (this.#stopped !== undefined) listener?.(this.#stopped.reason);
  }

  throwIfStopped(): void {
    if (this.#stopped !== undefined) throw this.#stopped.reason;
  }

  /** To be called when the call has ended, however it did. */
  release(): void {
    this.#listener = undefined;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#leave();
  }
}
