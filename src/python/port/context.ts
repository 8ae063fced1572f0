import type { CommandLineOption } from './translate/argparse';
import type { Imports } from './imports';
import type { Knowledge } from './knowledge';
import type { Doc } from './print/doc';
import type { Untranslatable } from './problem';
import type { Scope } from './scope';
import type { Block, Expression } from './syntax/ast';
import type { Source } from './syntax/tree';
import type { Style } from './style';
import type { Result, Type } from './type';
import type { Usage } from './usage';
import type { Value } from './value';

/** What a translation of one function, or of the script, goes by. */
export interface Context {
  readonly style: Style;
  readonly source: Source;
  readonly scope: Scope;
  readonly usage: Usage;
  readonly imports: Imports;
  readonly knowledge: Knowledge;
  /** Statements that the one being translated needs before it. */
  readonly before: Doc[];
  /** Answers whose `status.code` is known to be a failure here. */
  readonly failed: readonly string[];
  /** What the values that functions return are, gathered on the way. */
  readonly returned: Result[];
  /** Names of functions that wait for something. */
  readonly asyncNames: ReadonlySet<string>;

  expression(node: Expression, expected?: Type): Value;
  block(body: Block, changes?: Partial<Pick<Context, 'scope' | 'usage' | 'failed' | 'returned'>>): Doc;
  /** The same, with a scope inside this one, and a place of its own for the statements before, when one is given. */
  nested(before?: Doc[]): Context;
  /** A class of errors that Python has and JavaScript has not, declared above the program. */
  errorClass(name: string): string;
  /** The options of an ArgumentParser of that name. */
  optionsOf(parser: string): readonly CommandLineOption[];
  /** The same, in a block of its function. */
  inBlock(): Context;
  /** Notes a problem and gives the text of the comment that marks it. */
  report(problem: Untranslatable): string;
  /** A name that the initialisation of Clarifai's documentation gives, or nothing at all. */
  given(name: string, offset: number): Value;
}
