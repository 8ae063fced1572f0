/** Something in the source that has no translation. */
export interface PortProblem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What it is that has no translation. */
  readonly message: string;
}

/** Thrown inside the porter where a piece cannot be translated, and caught where a comment can stand for it. */
export class Untranslatable extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}
