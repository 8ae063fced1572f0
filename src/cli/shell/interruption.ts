const signals = ['SIGINT', 'SIGTERM'] as const;

/** The command was told to end at once. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('Interrupted');
  }
}

/**
 * Ctrl-C and SIGTERM while a command works through many things: the first asks it to begin nothing new and to finish what is
 * under way, the second to end at once. Signals are listened to until this is disposed of; a command that has nothing to finish
 * makes none, and ends as a process does.
 *
 * @example
 * using interruption = new Interruption((line) => print.note(line));
 * for await (const outcome of run({ signal: interruption.aborted })) if (interruption.draining.aborted) ...
 * return interruption.draining.aborted ? exitCode.interrupted : exitCode.ok;
 */
export class Interruption implements Disposable {
  readonly #drain = new AbortController();
  readonly #abort = new AbortController();
  readonly #onSignal: () => void;

  /** @param tell gets a line at the first signal, which says what the second would do */
  constructor(tell: (line: string) => void) {
    this.#onSignal = () => {
      if (this.#drain.signal.aborted) return this.#abort.abort(new Interrupted());
      this.#drain.abort(new Interrupted());
      tell('Finishing what is under way. Once more ends it at once.');
    };
    for (const name of signals) process.on(name, this.#onSignal);
  }

  /** Aborted by the first signal: nothing new is to begin. */
  get draining(): AbortSignal {
    return this.#drain.signal;
  }

  /** Aborted by the second signal, with an Interrupted: for the `signal` of calls. */
  get aborted(): AbortSignal {
    return this.#abort.signal;
  }

  [Symbol.dispose](): void {
    for (const name of signals) process.off(name, this.#onSignal);
  }
}
