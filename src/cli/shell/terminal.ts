import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

type Environment = Readonly<Record<string, string | undefined>>;

/** A stream that may be a terminal. */
export interface TerminalStream extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Standard input, which may be a terminal. */
export type TerminalInput = Readable & { readonly isTTY?: boolean };

export interface Streams {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly env: Environment;
}

/** Where a command reads and writes: what was asked for goes to stdout, everything else to stderr. */
export class Terminal {
  readonly #streams: Streams;

  /** @param streams those of the process, which makes each when it is first asked for: that takes longer than a short command */
  constructor(streams: Streams) {
    this.#streams = streams;
  }

  get stdin(): TerminalInput {
    return this.#streams.stdin;
  }

  get stdout(): TerminalStream {
    return this.#streams.stdout;
  }

  get stderr(): TerminalStream {
    return this.#streams.stderr;
  }

  get env(): Environment {
    return this.#streams.env;
  }

  /** Writes what was asked for, no faster than it is read. */
  async out(text: string): Promise<void> {
    if (!this.stdout.write(text)) await once(this.stdout, 'drain');
  }

  /** Writes what is said beside it. */
  err(text: string): void {
    this.stderr.write(text);
  }

  /** Whether a person looks at what goes to this stream, so that colours and bars make sense. */
  isWatched(stream: 'stdout' | 'stderr'): boolean {
    return this[stream].isTTY === true && this.env['TERM'] !== 'dumb';
  }

  /** Whether colours are wanted on this stream: https://no-color.org, and FORCE_COLOR for those who pipe into a pager. */
  hasColors(stream: 'stdout' | 'stderr'): boolean {
    const { NO_COLOR: none = '', FORCE_COLOR: forced = '' } = this.env;
    if (none !== '') return false;
    return forced === '' ? this.isWatched(stream) : forced !== '0';
  }
}
