import { invalidArgument, assertString } from '../../base/assert';
import { asyncNamesIn } from './async-names';
import { Imports } from './imports';
import { Knowledge } from './knowledge';
import { hardline, render } from './print/doc';
import type { PortProblem } from './problem';
import { Scope, toCamelCase } from './scope';
import { refuseSdkSnippet } from './sdk/sdk-snippet';
import { type Style, styles } from './style';
import type { Block } from './syntax/ast';
import { type ParsedSource, parsePython } from './syntax/parse';
import { bodiesOf, isMainGuard } from './syntax/walk';
import { classType } from './translate/class';
import { functionType } from './translate/function';
import { createContext, type Script } from './translator';
import { usageOf } from './usage';

/** How a snippet is translated. */
export interface PortOptions {
  /**
   * `idiomatic` writes the `V2Stub` of `clarifai-grpc/rpc` with plain objects in camel case, `python` the names that Python has,
   * from `clarifai-grpc/python`. @default 'idiomatic'
   */
  readonly style?: Style | undefined;
}

/** A snippet in TypeScript. */
export interface PortedSnippet {
  /** TypeScript, for a module: it awaits at the top level. */
  readonly code: string;
  /** What had no translation: a comment that begins with `PORT line` stands for each in the code. */
  readonly problems: readonly PortProblem[];
}

/**
 * Translates a Python snippet that uses `clarifai_grpc` to TypeScript that uses this package.
 *
 * What the snippet takes as given (`stub`, `metadata`, `PAT`, `USER_ID`, `APP_ID`) comes from the environment then. Needs the
 * optional package `@lezer/python`.
 *
 * @throws InvalidRequestError when the source is no Python (with line and column), or a snippet of the Clarifai SDK
 * @example
 * const { code, problems } = portPythonSnippet(readFileSync('snippet.py', 'utf8'));
 * @public
 */
export function portPythonSnippet(source: string, options: PortOptions = {}): PortedSnippet {
  assertString(source, 'source');
  const { style = 'idiomatic' } = options;
  if (!styles.includes(style)) throw invalidArgument('style', "'idiomatic' or 'python'", style);
  const parsed = parsePython(source);
  refuseSdkSnippet(parsed.body, parsed.source);
  const knowledge = new Knowledge();
  for (let pass = 1; ; pass++) {
    const ported = translate(parsed, style, knowledge);
    if (!knowledge.takeChanged() || pass === mostPasses) return ported;
  }
}

/** What is learnt of a function goes through its callers, one level in each pass. */
const mostPasses = 8;

function translate({ source, body: statements }: ParsedSource, style: Style, knowledge: Knowledge): PortedSnippet {
  const global = new Scope(undefined, style === 'python' ? (name) => name : toCamelCase);
  const asyncNames = asyncNamesIn(statements);
  const script: Script = {
    style,
    source,
    body: statements,
    imports: new Imports(),
    problems: [],
    given: [],
    knowledge,
    asyncNames,
    global,
  };
  bindDefinitions(statements, script);
  const context = createContext(script, { scope: global, usage: usageOf(statements), failed: [], returned: [] });
  const body = context.block(statements);
  const imports = script.imports.doc;
  const head = imports.length === 0 ? ['export {};', hardline] : imports;
  const given = script.given.length === 0 ? [] : [script.given, hardline];
  return { code: render([head, hardline, given, body]), problems: script.problems };
}

/** Functions and classes may be used above the place where they are defined. */
function bindDefinitions(statements: Block, script: Script): void {
  for (const statement of statements) {
    if (statement.kind === 'def') script.global.bind(statement.name, functionType(statement, statement.name, script));
    else if (statement.kind === 'class')
      script.global.bindAs(statement.name, statement.name, classType(statement, script));
    else if (isMainGuard(statement)) for (const body of bodiesOf(statement)) bindDefinitions(body, script);
  }
}
