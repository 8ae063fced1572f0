import type { IngestionReport } from '../../index';
import type { Terminal } from '../shell/terminal';
import { progressText } from './progress-text';

/** Tells on stderr how far a run is, and of single inputs that failed. */
export interface Progress extends Disposable {
  report(report: IngestionReport): void;
  /** A line of its own. */
  tell(line: string): void;
}

/** A bar for who watches, else a line from time to time. */
export async function createProgress(terminal: Terminal, isQuiet: boolean): Promise<Progress> {
  if (isQuiet)
    return { report: () => undefined, tell: (line) => terminal.err(`${line}\n`), [Symbol.dispose]: () => undefined };
  return (terminal.isWatched('stderr') ? await createBar(terminal) : undefined) ?? createLines(terminal);
}

/** Milliseconds between two lines. */
const lineEveryMs = 5_000;

function createLines(terminal: Terminal): Progress {
  let nextMs = lineEveryMs;
  return {
    report(report) {
      if (report.elapsedMs < nextMs) return;
      nextMs = report.elapsedMs + lineEveryMs;
      terminal.err(`${progressText(report)}\n`);
    },
    tell: (line) => terminal.err(`${line}\n`),
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
    // It would end the process: a run is drained first.
    gracefulExit: false,
    format: (options, { progress, total }, { text }: Payload) =>
      total === 0 ? text : `${Format.BarFormat(progress, options)} ${text}`,
  });
  const bar = bars.create(0, 0, { text: '' } satisfies Payload);
  return {
    report(report) {
      bar.setTotal(report.size ?? 0);
      bar.update(report.read - report.inProgress, { text: progressText(report) } satisfies Payload);
    },
    tell: (line) => bars.log(`${line}\n`),
    [Symbol.dispose]: () => bars.stop(),
  };
}

interface Payload {
  readonly text: string;
}
