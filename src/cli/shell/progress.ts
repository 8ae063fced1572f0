import type { Terminal } from './terminal';

/** Tells on stderr how far a command is, and what it has to say meanwhile. */
export interface Progress extends Disposable {
  /** @param total `undefined` when nobody knows */
  update(done: number, total: number | undefined, text: string): void;
  /** A line about what went wrong. */
  tell(line: string): void;
  /** A line of its own, which `--quiet` leaves out. */
  note(line: string): void;
}

/** A bar for who watches, else a line from time to time; with `isQuiet` only what is told. */
export async function createProgress(terminal: Terminal, isQuiet: boolean): Promise<Progress> {
  if (isQuiet) return { ...createLines(terminal, Infinity), note: () => undefined };
  const bar = terminal.isWatched('stderr') ? await createBar(terminal) : undefined;
  return bar ?? createLines(terminal, lineEveryMs);
}

const lineEveryMs = 5_000;

function createLines(terminal: Terminal, everyMs: number): Progress {
  let dueAt = performance.now() + everyMs;
  return {
    update(_done, _total, text) {
      if (performance.now() < dueAt) return;
      dueAt = performance.now() + everyMs;
      terminal.err(`${text}\n`);
    },
    tell: (line) => terminal.err(`${line}\n`),
    note: (line) => terminal.err(`${line}\n`),
    [Symbol.dispose]: () => undefined,
  };
}

/** Undefined without the package that draws it, which is optional. */
async function createBar(terminal: Terminal): Promise<Progress | undefined> {
  const library = await import('cli-progress').catch(() => undefined);
  if (library === undefined) return undefined;
  const { Format, MultiBar } = library;
  const bars = new MultiBar({
    stream: terminal.stderr,
    hideCursor: true,
    clearOnComplete: true,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    // It would end the process, which has something to finish first.
    gracefulExit: false,
    format: (options, { progress, total }, { text }: Payload) =>
      total === 0 ? text : `${Format.BarFormat(progress, options)} ${text}`,
  });
  const bar = bars.create(0, 0, { text: '' } satisfies Payload);
  return {
    update(done, total, text) {
      bar.setTotal(total ?? 0);
      bar.update(done, { text } satisfies Payload);
    },
    tell: (line) => bars.log(`${line}\n`),
    note: (line) => bars.log(`${line}\n`),
    [Symbol.dispose]: () => bars.stop(),
  };
}

interface Payload {
  readonly text: string;
}
