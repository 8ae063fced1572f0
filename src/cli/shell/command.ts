import type { ExitCode } from './exit-code';
import type { Given } from './given';
import type { Terminal } from './terminal';

export interface OptionSpec {
  /** As commander writes it: `--style <style>`. */
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[] | undefined;
  readonly fallback?: string | undefined;
  /** May be given several times, each with a value: `given.texts` has them all. */
  readonly repeats?: boolean | undefined;
  /** Heading in the help. @default commander's own */
  readonly group?: string | undefined;
}

/** Does what a command does. What it throws is told on stderr, with the exit code of its kind. */
export type Action = (given: Given, terminal: Terminal) => Promise<ExitCode>;

/** A command as it is listed; what it does is loaded when it is called. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** As commander writes them: `<model>`, `[input...]`. */
  readonly arguments: readonly string[];
  /** Ends in `connectionOptions` for a command that calls the service, in `outputOptions` for one that only prints. */
  readonly options: readonly OptionSpec[];
  /** Shown below the help. */
  readonly examples?: readonly string[] | undefined;
  /** What the argument at a place may be, for completion. @default files */
  readonly argumentChoices?: ((index: number, terminal: Terminal) => Promise<readonly string[]>) | undefined;
  /** Left out of the help. */
  readonly isHidden?: boolean | undefined;
  readonly load: () => Promise<Action>;
}

/** Commands under one name, such as `inputs add` and `inputs list`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}
