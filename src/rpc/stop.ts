/** A call as its client sees it that closes. */
export interface Underway {
  /** Ends it with this error. */
  abort(error: Error): void;
  /** Tells it that the client waits for its end. */
  readonly drain?: (() => void) | undefined;
}

/** The calls of a client. */
export interface Calls {
  /** @throws InvalidRequestError when the client is closed */
  enter(call: Underway, continued?: boolean): void;
  leave(call: Underway): void;
}

export interface StopOptions {
  readonly signal: AbortSignal | undefined;
  /** Whether it belongs to a call that is under way. */
  readonly continued: boolean | undefined;
  readonly drain: (() => void) | undefined;
}

/** What ends a call from this side: the signal of the caller, or the client's end. */
export class Stop implements Underway {
  readonly drain: (() => void) | undefined;
  readonly #calls: Calls;
  readonly #signal: AbortSignal | undefined;
  // An abort's reason may be anything; it is only handed on.
  #stopped: { readonly reason: Error } | undefined;
  #listener: ((reason: Error) => void) | undefined;

  /** Lets the call in. */
  constructor(calls: Calls, { signal, continued, drain }: StopOptions) {
    this.drain = drain;
    this.#calls = calls;
    this.#signal = signal;
    calls.enter(this, continued);
    signal?.addEventListener('abort', this, { once: true });
  }

  get stopped(): boolean {
    return this.#stopped !== undefined;
  }

  abort(reason: unknown): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = { reason: reason as Error };
    this.#listener?.(this.#stopped.reason);
  }

  /** The signal aborts. */
  handleEvent(): void {
    this.abort(this.#signal?.reason);
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
    this.#signal?.removeEventListener('abort', this);
    this.#calls.leave(this);
  }
}
