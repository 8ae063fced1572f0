import type { ExitCode } from './exit-code';

/** Where a command writes. */
export interface Output {
  /** For the data that was asked for. */
  readonly out: (text: string) => void;
  /** For diagnostics. */
  readonly err: (text: string) => void;
}

export interface OptionSpec {
  /** As commander writes it: `--style <style>`. */
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[] | undefined;
  readonly fallback?: string | undefined;
}

/** A command as it is listed; what it does is loaded when it is called. */
export interface Command<Options = Readonly<Record<string, string | undefined>>> {
  readonly name: string;
  readonly summary: string;
  /** As commander writes it: `<file>`. */
  readonly argument: string;
  readonly options: readonly OptionSpec[];
  readonly load: () => Promise<(argument: string, options: Options, output: Output) => Promise<ExitCode>>;
}
