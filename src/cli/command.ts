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

/** What was given on the command line, by the option's name in camelCase; `true` for a flag. */
export type CommandOptions = Readonly<Record<string, string | true | undefined>>;

/** Does what a command does. */
export type Action<Argument> = (argument: Argument, options: CommandOptions, output: Output) => Promise<ExitCode>;

interface Listed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
}

/** A command as it is listed; what it does is loaded when it is called. */
export type Command =
  /** @param argument as commander writes it: `<file>` */
  | (Listed & { readonly argument: string; readonly load: () => Promise<Action<string>> })
  | (Listed & { readonly argument?: undefined; readonly load: () => Promise<Action<undefined>> });
